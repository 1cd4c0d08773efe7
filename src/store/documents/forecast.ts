import { forecastLines } from '../../scoring/forecast-lines.ts'
import { rowsOf } from '../../scoring/scored-row.ts'
import { scoredRows } from '../../scoring/track-record.ts'
import { archivedOfForecast } from '../archives.ts'
import { stampOf } from '../clock.ts'
import { roundsBehind } from '../coding.ts'
import { noticesOn } from '../corrections.ts'
import type { Database } from '../database.ts'
import { flagsOn } from '../due.ts'
import { countForecastsOn, forecastById, forecastsBeside, SAME_ANALYST } from '../forecasts.ts'
import { forecastRowById, resolutionsOn } from '../lookups.ts'
import { everyMember, policyInForce } from '../members.ts'
import { askedAbout, heardAbout } from '../newsroom.ts'
import { ask, askAbout, known, type PageRequest, query } from '../query.ts'
import { takenOutOf } from '../redactions.ts'
import { pageOfReplies, repliesTo } from '../replies.ts'
import { replyLinksOf } from '../reply-links.ts'
import { toUnits, unitRows } from '../units.ts'

const about = (id: string, now: Date) => ({
  item: forecastById(id, now),
  resolutions: resolutionsOn({ forecast: id }),
  replies: repliesTo(id),
  archived: archivedOfForecast(id),
})

/** The line of the analyst's record in which a forecast is scored. */
const lineOf = (forecast: string, now: Date) =>
  query(unitRows(SAME_ANALYST, { forecast }), (rows) => {
    const scored = rowsOf(
      toUnits(rows, now).map(({ unit }) => unit),
      now,
    )
    return forecastLines(scored, scoredRows(scored))[0]
  })

/** The entries in which a forecast, its question and its words were last written down. */
const entriesOf = (id: string) =>
  query(
    {
      sql: `SELECT statement.seq AS statement, question.seq AS question, forecast.seq AS forecast
        FROM forecast JOIN statement ON statement.id = forecast.id JOIN question ON question.id = forecast.question
        WHERE forecast.id = :id`,
      args: { id },
    },
    ([row]) => ({
      statement: Number(row?.statement),
      question: Number(row?.question),
      forecast: Number(row?.forecast),
    }),
  )

/** One forecast with its surroundings; null where there is none. */
export const readForecastItem = (db: Database, id: string, now: Date) => ask(db, forecastById(id, now))

/** A forecast as the API tells it. */
export const readForecast = (db: Database, id: string, now: Date) => askAbout(db, 'item', about(id, now))

/** A forecast as its page shows it; what members keep about it is for them only. */
export const readForecastPage = (db: Database, id: string, now: Date, isMember: boolean) =>
  askAbout(db, 'item', {
    ...about(id, now),
    flags: flagsOn({ forecast: id }),
    own: forecastsBeside(id, now),
    on: countForecastsOn({ forecast: id }),
    line: lineOf(id, now),
    rounds: roundsBehind(id),
    entries: entriesOf(id),
    stamp: stampOf('forecast', id),
    taken: takenOutOf.forecast(id),
    members: everyMember,
    policy: policyInForce,
    notices: noticesOn({ forecast: id }, now),
    asked: isMember ? askedAbout(id) : known(null),
    heard: isMember ? heardAbout(id) : known(null),
    links: isMember ? replyLinksOf(id) : known([]),
  })

/** A page of what was replied to a forecast; null where there is no such forecast. */
export const readReplies = (db: Database, id: string, page: PageRequest) =>
  askAbout(db, 'forecast', { forecast: forecastRowById(id), replies: pageOfReplies(id, page) })

/** What members heard about a forecast; null where there is no such forecast. */
export const readHeardOf = (db: Database, id: string) =>
  askAbout(db, 'forecast', { forecast: forecastRowById(id), heard: heardAbout(id) })
