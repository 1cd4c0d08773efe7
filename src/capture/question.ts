import { Dated, spanOf } from '../core/calendar.ts'
import type { Mark } from '../core/capture.ts'
import { ProbabilityRequest } from '../core/forecast.ts'
import { rungsBelow } from '../core/ladder.ts'
import { bandRead, checkNested, checkQuestion } from '../reading/checklist.ts'
import { written } from './draft.ts'

/** A question that a forecast could answer instead of a new one: recorded, or asked by another mark (`#m1`). */
export type Similar = { id: string; title: string; deadline: string }
/** A question that another one may imply, by its id or its mark. */
export type Rung = readonly [id: string, title: string]

type Tree = Readonly<Record<string, unknown>>
const treeOf = (value: unknown): Tree => (typeof value === 'object' && value !== null ? (value as Tree) : {})

/** The question of a mark's own as far as it was typed; nothing where it answers another. */
const asked = ({ kind, question }: Mark): Tree => (kind === 'forecast' ? treeOf(question) : {})
export const titleAsked = (mark: Mark): string => written(asked(mark).title)
const deadlineAsked = (mark: Mark): Tree => treeOf(asked(mark).deadline)
const isBinary = (mark: Mark): boolean => ['', 'binary'].includes(written(asked(mark).type))

/** What the question of a mark still lacks, which others here are the same, and which ones it may imply. */
export function helpWith(mark: Mark, marks: readonly Mark[], published: string | undefined) {
  const titled = marks.filter((other) => titleAsked(other) !== '')
  const others = titled.filter(({ id }) => id !== mark.id)
  const isSame = (other: Mark) => titleAsked(other).toLowerCase() === titleAsked(mark).toLowerCase()
  return {
    similar: others.filter(isSame).map(
      (other): Similar => ({
        id: `#${other.id}`,
        title: titleAsked(other),
        deadline: written(deadlineAsked(other).date),
      }),
    ),
    rungs: others.filter(isBinary).map((other): Rung => [`#${other.id}`, titleAsked(other)]),
    lacks: titleAsked(mark) === '' ? [] : [...lacking(mark, published), ...outOfOrder(mark, titled)],
  }
}

function lacking(mark: Mark, published: string | undefined): string[] {
  const { title, criteria, fine_print, resolution_sources } = asked(mark)
  const said = Dated.safeParse(mark.said_on)
  const latest = said.success ? spanOf(said.data).to : published
  const { date, because } = deadlineAsked(mark)
  const { items, warnings } = checkQuestion({
    title: written(title),
    criteria: written(criteria),
    fine_print: written(fine_print),
    resolution_sources: [resolution_sources].flat().map(written),
    ...(written(date) === '' ? {} : { deadline: { date: written(date), because: written(because) } }),
    ...(latest === undefined ? {} : { said_on: { from: latest, to: latest } }),
  })
  return [...items.filter(({ state }) => state !== 'met'), ...warnings].map(({ says }) => says)
}

/** What a passage makes likelier than another one that it cannot happen without. */
function outOfOrder(mark: Mark, titled: readonly Mark[]): string[] {
  const rungs = titled.map((other) => ({
    id: `#${other.id}`,
    implies: written(asked(other).implies) || undefined,
    title: titleAsked(other),
    band: bandOf(other),
  }))
  const own = rungs.find(({ id }) => id === `#${mark.id}`)
  const band = own?.band ?? null
  if (own === undefined || band === null) return []
  return rungsBelow(own, rungs).flatMap((lower) => {
    const warning = lower.band === null ? null : checkNested({ ...own, band }, { ...lower, band: lower.band })
    return warning === null ? [] : [warning.says]
  })
}

function bandOf({ probability }: Mark) {
  const read = ProbabilityRequest.safeParse(probability)
  return read.success ? bandRead(read.data) : null
}
