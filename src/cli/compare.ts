import { Misuse } from '../config.ts'
import { notFound } from '../core/error.ts'
import type { Comparison } from '../scoring/comparison.ts'
import { brierText, differenceText, expectedText, scoreText } from '../scoring/figure-text.ts'
import { robotOf } from '../scoring/robot.ts'
import { readComparison } from '../store/documents/comparison.ts'
import type { Command } from './command.ts'
import { type Opened, withLedger } from './open-ledger.ts'
import { drawn, promised, title, verdictLine } from './record-drawing.ts'
import { plural, table } from './table.ts'
import { cut, harmless, styled, type Terminal, wrapped } from './terminal.ts'
import { analystId } from './track-record.ts'

export const compareCommand: Command = {
  name: 'compare',
  summary: 'compare two analysts on the questions they share',
  operands: { shown: 'NAME NAME', least: 2, most: 2 },
  about:
    'Yes/no questions that both forecast, written down before the outcome was known, decided and past their deadline: the difference of the scores with its range, and what came true. Whether the two can be told apart is said of all pairs of the ledger at once, as on /analysts. NAME is an id, a name or an alias, or a rule that answers by what was recorded in advance: rule:nothing-changes, rule:base-rate, rule:market.',
  examples: [
    ['reckon compare "Ada Overton" "Ben Calder"', 'In words and as a drawing.'],
    ['reckon compare ada-overton ben-calder --json', 'The document of the API.'],
  ],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const [a, b] = [
        await sideOf(held, given.positionals[0] as string),
        await sideOf(held, given.positionals[1] as string),
      ]
      if (a === b) throw new Misuse('Both names are those of one analyst.')
      const comparison = await readComparison(held.ledger.db, a, b, context.now())
      if (comparison === null) throw notFound('analyst', a)
      return { text: drawComparison(context.terminal, comparison), json: comparison }
    }),
}

/** A rule by its id, or an analyst. */
const sideOf = (held: Opened, typed: string): Promise<string> =>
  robotOf(typed) === undefined ? analystId(held, typed) : Promise.resolve(typed)

/** A comparison as a drawing of lines. */
export function drawComparison(terminal: Terminal, comparison: Comparison): string {
  return drawn(terminal, comparison, [heading, difference, cameTrue, questions, footing])
}

const heading = (terminal: Terminal, { a, b, nearest, verdict, earlier }: Comparison): string[] => [
  ...wrapped(harmless(`${a.name} and ${b.name}`), terminal.width).map((line) => title(terminal, line)),
  ...[nearest ?? '', verdict, earlier ?? ''].flatMap((sentence) =>
    wrapped(harmless(sentence), terminal.width),
  ),
]

function signed(value: number): string {
  const size = brierText(Math.abs(value), 1)
  return value < 0 && size !== '.00' ? `−${size}` : size
}
const REACHES = [0.1, 0.25, 0.5, 1]

/** A scale around 0 that holds the band, with a mark where there is one value. */
function balance(room: number, [low, high]: readonly [number, number], mark: number | null): string {
  const reach = REACHES.find((most) => Math.max(-low, high) <= most) ?? 1
  const at = (value: number) => Math.round(((value / reach + 1) / 2) * (room - 1))
  const letters = Array.from({ length: room }, (_, i) => {
    if (mark !== null && i === at(mark)) return '●'
    if (i === at(0)) return '┼'
    return i >= at(low) && i <= at(high) ? '═' : '─'
  })
  return `${signed(-reach)} ${letters.join('')} ${signed(reach)}`
}

function difference(terminal: Terminal, { a, b, difference }: Comparison): string[] {
  if (difference === null) return []
  const { basis, mean, interval, n, clusters } = difference
  const room = Math.max(11, (Math.min(terminal.width - 14, 60) >> 1) * 2 + 1)
  const isNumber = basis === 'numbers'
  const range = `═ ${isNumber ? 'range' : 'range over every reading of the words'} ${differenceText(interval)}`
  const counted = `over ${plural(n, 'question')} in ${plural(clusters, 'independent group')}`
  const sides = `Left of ┼, ${harmless(a.name)} scored better; right of it, ${harmless(b.name)}.`
  const said = `${isNumber ? `● ${signed(mean[0])}; ` : ''}${range}, ${counted}. ${sides} The range is that of these two alone.`
  return [
    title(terminal, 'The difference of their scores'),
    balance(room, interval, isNumber ? mean[0] : null),
    ...wrapped(said, terminal.width),
  ]
}

function cameTrue(terminal: Terminal, { common, difference, a, b }: Comparison): string[] {
  if (common === 0) return []
  const scored = difference?.basis === 'numbers' ? difference.n : common
  return [
    title(terminal, 'On the same questions'),
    table(
      terminal,
      [
        { title: 'ANALYST', of: ({ name }) => name, gives: true },
        { title: 'CAME TRUE', of: ({ claims }) => cameTrueOf(claims), align: 'right' },
        { title: 'TO BE EXPECTED', of: ({ claims }) => expectedOf(claims), align: 'right' },
        {
          title: scored === common ? 'SCORE' : `SCORE OF ${scored}`,
          of: (side) => (side.brier === null ? '–' : brierText(side.brier, scored)),
          align: 'right',
        },
      ],
      [a, b],
    ),
  ]
}

type Came = Comparison['a']['claims']
const cameTrueOf = ({ n, came_true }: Came) => (n === 0 ? 'none says yes or no' : `${came_true} of ${n}`)
const expectedOf = ({ n, came_true, promised }: Came) =>
  n === 0 ? '–' : expectedText(promised, n, came_true)

const MOST_QUESTIONS = 40
type Said = Comparison['questions'][number]['a']

const scoreOf = ({ brier: score }: Said): string => (score === null ? '' : ` · score ${scoreText(score)}`)

function questions(terminal: Terminal, { a, b, questions }: Comparison): string[] {
  if (questions.length === 0) return []
  const shown = questions.slice(0, MOST_QUESTIONS)
  const left = questions.length - shown.length
  const line = (name: string, said: Said) => {
    const verdict = verdictLine({ ...said.verdict, happened: null, said: null })
    const text = harmless(`  ${verdict} · ${promised(said.probability)}${scoreOf(said)} · ${name}`)
    return styled(terminal, 'dim', cut(text, terminal.width))
  }
  return [
    title(terminal, 'Questions'),
    ...shown.flatMap((question) => [
      cut(harmless(`${question.title}: ${question.a.verdict.happened}`), terminal.width),
      line(a.name, question.a),
      line(b.name, question.b),
    ]),
    ...(left > 0 ? [`… and ${left} more; --json has them all.`] : []),
  ]
}

const footing = (terminal: Terminal, { as_of }: Comparison): string[] =>
  wrapped(
    `0 is a perfect score, 1 the worst. Only what was written down before the outcome was known counts. As of ${as_of.slice(0, 10)} UTC.`,
    terminal.width,
  ).map((line) => styled(terminal, 'dim', line))
