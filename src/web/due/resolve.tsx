import { notFound } from '../../core/error.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { forecastsOn } from '../../store/forecasts.ts'
import { findQuestion, type ResolutionRow, resolutionsOf } from '../../store/lookups.ts'
import { listMembers, type MemberRow, readPolicy } from '../../store/members.ts'
import { EMPTY_DESK, readDesks } from '../../store/newsroom.ts'
import { familyOf } from '../../store/nouns.ts'
import { Page } from '../ui/layout.tsx'
import type { PageContext } from '../ui/page.ts'
import type { Names } from '../ui/resolution.tsx'
import { EVIDENCE_ROWS } from './evidence.tsx'
import { QuestionCard, type Returned } from './question-card.tsx'

export type Surround = { names: Names; members: readonly MemberRow[]; four_eyes: boolean }

/** What every card needs to know of the newsroom. */
export async function readSurround({ host }: PageContext): Promise<Surround> {
  const [members, policy] = await Promise.all([listMembers(host.ledger.db), readPolicy(host.ledger.db)])
  return {
    names: new Map(members.map(({ id, name }) => [id, name])),
    members,
    four_eyes: policy?.four_eyes_in_force ?? false,
  }
}

/**
 * One question with its forms open: to resolve it early, to correct it, as another of its family (`?as=`), and where
 * a form comes back.
 */
export async function resolvePage(context: PageContext, returned?: Returned) {
  const { host, now, params, url } = context
  const { as } = searchOf(url, { as: words(161).optional() })
  const { db } = host.ledger
  const id = params.id ?? ''
  const [question, resolutions, forecasts, surround, desks] = await Promise.all([
    findQuestion(db, id),
    resolutionsOf(db, id),
    forecastsOn(db, id, now),
    readSurround(context),
    readDesks(db, [id]),
  ])
  if (question === null) throw notFound('question', id)
  const { family } = question.record
  const siblings = family === undefined ? [] : await familyOf(db, family, now)
  const other = siblings.find(({ record }) => record.id !== id && record.id === as)
  const analysts = new Map(
    forecasts.map(({ analyst }) => [analyst.id, { id: analyst.id, name: analyst.name }]),
  )
  return (
    <Page title={`Resolve: ${question.record.title}`} context={context} active="due">
      <p class="crumbs">
        <a href="/due">Due</a>
      </p>
      <h1>What happened?</h1>
      <div class="tasks">
        <QuestionCard
          context={context}
          question={question}
          resolutions={resolutions}
          analysts={[...analysts.values()]}
          siblings={siblings}
          desk={context.viewer === null ? null : (desks.get(id) ?? EMPTY_DESK)}
          proposal={other === undefined ? {} : valuesOf(await resolutionsOf(db, other.record.id))}
          returned={returned}
          open
          {...surround}
        />
      </div>
    </Page>
  )
}

/** The fields of a proposal as they stand in the resolution of another question. */
function valuesOf(resolutions: readonly ResolutionRow[]): Record<string, string | undefined> {
  const row = resolutions.findLast(({ superseded_by }) => superseded_by === null)
  if (row === undefined) return {}
  const { outcome, annulled_because, known_on, rationale, evidence } = row.record
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
    ...Object.fromEntries(pieces),
  }
}
