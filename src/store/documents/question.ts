import { sealedOn } from '../blind-outcomes.ts'
import { noticesOn } from '../corrections.ts'
import type { Database } from '../database.ts'
import { flaggingOf, historyAround, historyOf } from '../events.ts'
import { countForecastsOn, forecastsOn } from '../forecasts.ts'
import { MOST, questionById, resolutionsOn } from '../lookups.ts'
import { everyMember, policyInForce } from '../members.ts'
import { deskOf } from '../newsroom.ts'
import { familyOf } from '../nouns.ts'
import { askAbout, known, type PageRequest } from '../query.ts'
import { referencesOn } from '../question-references.ts'
import { takenOutOf } from '../redactions.ts'
import { repliesOn } from '../replies.ts'

/** More forecasts than this on one question are counted on its page, and reached through the ledger. */
export const FORECASTS_SHOWN = 60
export const ENTRIES_SHOWN = 200

const about = (id: string, now: Date) => ({
  question: questionById(id),
  on: countForecastsOn({ question: id }),
  forecasts: forecastsOn(id, now),
  resolutions: resolutionsOn({ question: id }),
  references: referencesOn({ question: id }),
  sealed: sealedOn(id),
})

/** A question as the API tells it; null where there is none. */
export const readQuestion = (db: Database, id: string, now: Date) =>
  askAbout(db, 'question', { ...about(id, now), history: historyOf(id, { limit: MOST }) })

/** A page of the history of a question; null where there is no such question. */
export const readHistory = (db: Database, id: string, page: PageRequest) =>
  askAbout(db, 'question', { question: questionById(id), history: historyOf(id, page) })

/** What members keep about a question; null where there is no such question. */
export const readDesk = (db: Database, id: string) =>
  askAbout(db, 'question', { question: questionById(id), desk: deskOf(id) })

/** A question as its page shows it; its desk is for members only. */
export const readQuestionPage = (db: Database, id: string, now: Date, isMember: boolean) =>
  askAbout(db, 'question', {
    ...about(id, now),
    replies: repliesOn(id, FORECASTS_SHOWN),
    history: historyAround(id, FORECASTS_SHOWN, ENTRIES_SHOWN + 1),
    flagging: flaggingOf(id),
    taken: takenOutOf.question(id),
    family: familyOf(id, now),
    members: everyMember,
    policy: policyInForce,
    notices: noticesOn({ question: id }, now),
    desk: isMember ? deskOf(id) : known(null),
  })

/** A question with what it takes to decide it; `as` is another of its family, whose outcome it begins with. */
export const readQuestionToResolve = (db: Database, id: string, now: Date, as: string) =>
  askAbout(db, 'question', {
    question: questionById(id),
    resolutions: resolutionsOn({ question: id }),
    forecasts: forecastsOn(id, now),
    family: familyOf(id, now),
    sealed: sealedOn(id),
    other: resolutionsOn({ question: as }),
    desk: deskOf(id),
    members: everyMember,
    policy: policyInForce,
  })
