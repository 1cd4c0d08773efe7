import { notFound } from '../../core/error.ts'
import type { BlindOutcome } from '../../core/resolution.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { readQuestionToResolve } from '../../store/documents/question.ts'
import type { ResolutionRow } from '../../store/lookups.ts'
import type { MemberRow, Policy } from '../../store/members.ts'
import { Page } from '../ui/layout.tsx'
import { memberNames, type NameOf } from '../ui/member-names.ts'
import type { PageContext } from '../ui/page.ts'
import { BlindQuestion } from './blind.tsx'
import { DecidedTwice } from './decided-twice.tsx'
import { EVIDENCE_ROWS } from './evidence.tsx'
import { QuestionCard, type Returned } from './question-card.tsx'

export type Surround = { nameOf: NameOf; members: readonly MemberRow[]; four_eyes: boolean }

/** What every card needs to know of the newsroom. */
export const surroundOf = (read: { members: MemberRow[]; policy: Policy | null }): Surround => ({
  nameOf: memberNames(read.members),
  members: read.members,
  four_eyes: read.policy?.four_eyes_in_force ?? false,
})

/**
 * One question with its forms open: to resolve it early, to correct it, as another of its family (`?as=`), and where
 * a form comes back.
 */
export async function resolvePage(context: PageContext, returned?: Returned) {
  const { host, now, params, url } = context
  const {
    as,
    blind,
    sealed: begin,
  } = searchOf(url, {
    as: words(161).optional(),
    blind: words(3).optional(),
    sealed: words(1).optional(),
  })
  const id = params.id ?? ''
  const read = await readQuestionToResolve(host.ledger.db, id, now, as ?? '')
  if (read === null) throw notFound('question', id)
  const { question, resolutions, forecasts, family, sealed } = read
  if (blind !== undefined || returned?.draft.typed.get('/drawn_blind')?.[0] === 'yes')
    return (
      <BlindQuestion
        context={context}
        question={question}
        resolutions={resolutions}
        returned={returned}
        sealed={sealed}
      />
    )
  const hasOther = family.some(({ record }) => record.id !== id && record.id === as)
  const analysts = new Map(
    forecasts.map(({ analyst }) => [analyst.id, { id: analyst.id, name: analyst.name }]),
  )
  return (
    <Page title={`Resolve: ${question.record.title}`} context={context} active="due">
      <p class="crumbs">
        <a href={paths.due()}>To decide</a>
      </p>
      <h1>What happened?</h1>
      <p class="small soft">
        <a href={paths.resolve(id, { blind: 'yes' })}>Draw it blind</a>: question and criteria only, without
        who forecast it and how.
      </p>
      <DecidedTwice {...read} nameOf={memberNames(read.members)} viewer={context.viewer} />
      <div class="tasks">
        <QuestionCard
          context={context}
          question={question}
          resolutions={resolutions}
          analysts={[...analysts.values()]}
          siblings={family}
          desk={context.viewer === null ? null : read.desk}
          proposal={
            hasOther ? valuesOf(standingIn(read.other)) : valuesOf(sealed[Number(begin) - 1]?.outcome)
          }
          returned={returned}
          open
          {...surroundOf(read)}
        />
      </div>
    </Page>
  )
}

const standingIn = (resolutions: readonly ResolutionRow[]) =>
  resolutions.findLast(({ superseded_by }) => superseded_by === null)?.record

/** The fields of a proposal as they stand in the resolution of another question, or in an outcome that was sealed. */
function valuesOf(said: BlindOutcome | null | undefined): Record<string, string | undefined> {
  if (said === null || said === undefined) return {}
  const { outcome, annulled_because, known_on, rationale, because_early, evidence } = said
  const pieces = evidence.slice(0, EVIDENCE_ROWS).flatMap(({ url, says, accessed }, i) => [
    [`/evidence/${i}/url`, url],
    [`/evidence/${i}/says`, says],
    [`/evidence/${i}/accessed`, accessed],
  ])
  return {
    '/outcome': String(outcome),
    '/annulled_because': annulled_because,
    '/known_on': known_on,
    '/rationale': rationale,
    '/because_early': because_early,
    ...Object.fromEntries(pieces),
  }
}
