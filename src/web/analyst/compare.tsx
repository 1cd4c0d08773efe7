import { LedgerError, notFound } from '../../core/error.ts'
import type { Probability } from '../../core/probability.ts'
import type { Outcome } from '../../core/resolution.ts'
import * as paths from '../../http/paths.ts'
import { listOf, searchOf, words } from '../../http/search-params.ts'
import type { Comparison } from '../../scoring/comparison.ts'
import { brierText, differenceText, expectedText, scoreText } from '../../scoring/figure-text.ts'
import { bandOf } from '../../scoring/forecast-unit.ts'
import { gapOf } from '../../scoring/nearer.ts'
import { robotOf } from '../../scoring/robot.ts'
import { readComparePage } from '../../store/documents/comparison.ts'
import { NumbersTable } from '../charts/chart.tsx'
import { elsewhereOf } from '../charts/elsewhere.ts'
import { decimal } from '../charts/number.ts'
import { RangeBar } from '../charts/range-bar.tsx'
import { Slopes } from '../charts/slopes.tsx'
import { ProbabilityBand } from '../ui/band.tsx'
import { Page } from '../ui/layout.tsx'
import { Titled } from '../ui/link.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageHandler } from '../ui/page.ts'
import { sentenceText } from '../ui/record-words.ts'
import { TableHead } from '../ui/table-head.tsx'
import { VerdictTold } from '../ui/verdict-mark.tsx'
import { everybody, MOST_ANALYSTS } from './analysts.tsx'
import { ChoosePair } from './choose-pair.tsx'

const MOST = 25
/** Lines that can still be told from one another. */
const MOST_DRAWN = 120

/** Two analysts on their common questions: what the pairs of the ledger say of them, and all that it rests on. */
export const comparePage: PageHandler = async (context) => {
  const { db } = context.host.ledger
  const { analysts: named } = searchOf(context.url, { analysts: listOf(words(200), 2) })
  const chosen = named.flatMap((value) => value.split(',')).filter((id) => id !== '')
  if (chosen.length !== 0 && chosen.length !== 2)
    throw new LedgerError('malformed', 'A comparison takes two analysts.')
  const [a, b] = chosen
  if (a !== undefined && a === b)
    throw new LedgerError('malformed', 'An analyst cannot be compared with the same analyst.')
  const read = await readComparePage(db, chosen, context.now, MOST_ANALYSTS)
  const held = chosen.map((id) => {
    const analyst = read.analysts.get(id)
    if (analyst === undefined) throw notFound('analyst', id)
    return analyst
  })
  const people = everybody([
    ...read.people.items.map(({ record }) => record),
    ...held.filter(({ id }) => robotOf(id) === undefined),
  ])
  if (read.comparison === null)
    return (
      <Page title="Compare" context={context} active="analysts">
        <h1>Compare two analysts</h1>
        <p class="intro">On the questions that both of them spoke about, and on no others.</p>
        <ChoosePair analysts={people} />
      </Page>
    )
  return <Compared comparison={read.comparison} people={people} context={context} />
}

type ComparedProps = {
  comparison: Comparison
  people: ReturnType<typeof everybody>
  context: Parameters<PageHandler>[0]
}

/** What was found, in few words. */
function foundOf({ a, b, common, ruling, difference }: Comparison): string {
  const [better, other] = (difference?.mean[0] ?? 0) + (difference?.mean[1] ?? 0) < 0 ? [a, b] : [b, a]
  if (common === 0) return `${a.name} and ${b.name}: no question in common`
  if (ruling.told_apart) return `${better.name} scores better than ${other.name} on the same questions`
  if (ruling.points_to) return `${a.name} and ${b.name}: points to ${better.name}`
  return `${a.name} and ${b.name} cannot be told apart`
}

function Compared({ comparison, people, context }: ComparedProps) {
  const { a, b, questions, common, verdict, earlier, nearest } = comparison
  const json = paths.api.comparison(a.id, b.id)
  return (
    <Page
      title={foundOf(comparison)}
      description={[nearest, verdict].filter((text) => text !== null).join(' ')}
      context={context}
      active="analysts"
      json={json}
    >
      <p class="crumbs">
        <a href={paths.analysts()}>Analysts</a> › Compare
      </p>
      <h1>
        <Side side={a} /> and <Side side={b} />
      </h1>
      {nearest === null ? (
        <p class="lead">{sentenceText(verdict)}</p>
      ) : (
        <>
          <p class="lead">{sentenceText(nearest)}</p>
          <p class="lead-numbers">{sentenceText(verdict)}</p>
        </>
      )}
      {isOddlyNearer(comparison) ? (
        <p class="soft">
          To be nearer more often is not to score better: the score weighs by how far somebody was off.
        </p>
      ) : null}
      {earlier === null ? null : <p class="soft">{sentenceText(earlier)}</p>}
      {common === 0 ? null : (
        <>
          <div class="halves">
            <Nearer comparison={comparison} />
            <div>
              <h2>Did it come true?</h2>
              <CameTrue comparison={comparison} />
              <Difference comparison={comparison} />
            </div>
          </div>
          <h2>The common questions</h2>
          <p class="soft">Those first on which one of the two was nearer by most.</p>
          <Questions comparison={comparison} />
          {questions.length > MOST ? (
            <p>
              The first {MOST} of {questions.length}; all are in <a href={json}>the JSON</a>.
            </p>
          ) : null}
          <PairStatistics comparison={comparison} />
        </>
      )}
      <h2>Compare others</h2>
      <ChoosePair analysts={people} chosen={[a.id, b.id]} />
      <p>
        <a href={json}>This page as JSON</a> · <a href={paths.methods()}>How this is computed</a>
      </p>
    </Page>
  )
}

/** One was nearer more often, and the scores are better for the other. */
const isOddlyNearer = ({ nearer: { a, b }, difference }: Comparison): boolean =>
  difference !== null && (a - b) * (difference.mean[0] + difference.mean[1]) > 0

type Compare = Comparison['questions'][number]

/** By how much one was nearer; first where it was most. */
const byGap = (questions: readonly Compare[]): Compare[] =>
  questions.toSorted((one, other) => gapOf(other.a.brier, other.b.brier) - gapOf(one.a.brier, one.b.brier))

/** How likely somebody called what happened: of words their middle. */
function onWhatHappened({ outcome }: Compare, { probability }: Compare['a']): number {
  const mid = bandOf(probability)?.mid ?? 0.5
  return outcome === 'yes' ? mid : 1 - mid
}

/** A line a question; the end that is higher was nearer to what happened. */
function Nearer({ comparison: { a, b, questions, common } }: { comparison: Comparison }) {
  const drawn = byGap(questions).slice(0, MOST_DRAWN)
  return (
    <Slopes
      id="nearer"
      elsewhere={elsewhereOf(paths.comparison(a.id, b.id), 'nearer')}
      title="How likely each called what happened"
      heading="How likely each called what happened"
      how={
        <>
          {counted(common, 'common question')}: of yes or no, decided and past their deadline, and only what
          each said first and was written down in time. Each is a line from <Original>{a.name}</Original> to{' '}
          <Original>{b.name}</Original>: at the top who called sure what happened, at the bottom who ruled it
          out. It is in the colour of whoever was nearer, and grey where both said the same or the words leave
          it open; lines in one place lie side by side
          {common > drawn.length ? `; the ${drawn.length} with most between them are drawn` : ''}.
        </>
      }
      names={[a.name, b.name]}
      slopes={drawn.map((line) => ({
        href: paths.question(line.question),
        title: line.title,
        a: onWhatHappened(line, line.a),
        b: onWhatHappened(line, line.b),
        nearer: line.nearer,
      }))}
    />
  )
}

/** A rule has no record of its own. */
const Side = ({ side: { id, name } }: { side: Comparison['a'] }) =>
  robotOf(id) === undefined ? (
    <a class="plain" href={paths.analyst(id)}>
      <Original>{name}</Original>
    </a>
  ) : (
    <span>{name}</span>
  )

/** Both on the same questions: what came true, what was to be expected, and the score of those that count. */
function CameTrue({ comparison: { a, b, difference, common } }: { comparison: Comparison }) {
  const scored = difference?.n ?? common
  const hasScores = a.brier !== null && b.brier !== null
  return (
    <>
      <p>
        A claim came true when the event ended the way it was said to. To be expected is how many would, if
        the words mean what readers hear in them and the numbers are right.
      </p>
      <NumbersTable
        title="Came true, and to be expected"
        numbers={{
          head: [
            'Analyst',
            'Came true',
            'To be expected',
            ...(hasScores ? [scored < common ? `Score of ${scored}` : 'Score'] : []),
          ],
          rows: [a, b].map(({ name, claims: { n, came_true, promised }, brier }) => [
            name,
            n === 0 ? 'none says yes or no' : `${came_true} of ${n}`,
            n === 0 ? '—' : expectedText(promised, n, came_true),
            ...(brier === null ? [] : [brierText(brier, scored)]),
          ]),
        }}
      />
      {hasScores ? (
        <p class="small soft">
          Score: the squared distance between the probability given and what happened, 0 perfect and 1 worst.
        </p>
      ) : null}
    </>
  )
}

function Difference({ comparison: { a, b, difference } }: { comparison: Comparison }) {
  // The sentence above says why there is none.
  if (difference === null) return null
  const { basis, interval, mean } = difference
  const reach = Math.ceil(Math.max(...interval.map(Math.abs), 0.05) * 10) / 10
  const isNumber = basis === 'numbers'
  const range = differenceText(interval)
  return (
    <RangeBar
      id="difference"
      title={`Score of ${a.name} minus score of ${b.name}`}
      heading="The difference of their scores"
      level={3}
      says={`From ${range}; below 0, ${a.name} scored better.`}
      range={{
        domain: [-reach, reach],
        range: interval,
        value: isNumber ? mean[0] : null,
        mark: { value: 0, label: 'no difference' },
        ticks: [-reach, 0, reach].map((value) => ({ value, label: decimal(value, value === 0 ? 0 : 1) })),
      }}
      numbers={{
        head: ['Figure', 'Value'],
        rows: [
          isNumber
            ? ['Mean difference', decimal(mean[0], 3)]
            : ['Mean difference, by the readings of the words', differenceText(mean)],
          ['95 % range', range],
        ],
      }}
      caption={
        <>
          Left of 0: better for <Original>{a.name}</Original>. Right of 0: better for{' '}
          <Original>{b.name}</Original>. The bar is the range of their difference
          {isNumber ? '' : ', over every reading of the words,'} for these two alone; the sentence above
          allows for all pairs that are tested together.
        </>
      }
    />
  )
}

const p3 = (p: number | null) => (p === null ? '—' : p < 0.001 ? '< .001' : decimal(p, 3))

const PairStatistics = ({
  comparison: { difference, ruling, clusters, common },
}: {
  comparison: Comparison
}) => (
  <details class="statisticians">
    <summary>For statisticians</summary>
    <NumbersTable
      title="How this was tested"
      numbers={{
        head: ['Figure', 'Value'],
        rows: [
          ['n, questions that count', difference?.n ?? 0],
          ['common questions', common],
          ['G, independent groups', difference?.clusters ?? clusters],
          ['p, two-sided, from the range', p3(ruling.p)],
          [`p, by Holm over the ${counted(ruling.pairs, 'pair')} tested together`, p3(ruling.p_holm)],
        ],
      }}
    />
  </details>
)

const Questions = ({ comparison: { a, b, questions } }: { comparison: Comparison }) => (
  <table class="rows common">
    <TableHead columns={['What happened', 'Question', a.name, b.name]} />
    <tbody>
      {byGap(questions)
        .slice(0, MOST)
        .map((line) => (
          <tr>
            <td>{line.a.verdict.happened}</td>
            <td class="main">
              <Titled href={paths.question(line.question)}>{line.title}</Titled>
            </td>
            {(
              [
                [a.name, line.a],
                [b.name, line.b],
              ] as const
            ).map(([name, side]) => (
              <td class="reads">
                <span class="narrow-name small">{name}</span>
                <VerdictTold words={{ ...side.verdict, happened: null, said: null }} />
                <ProbabilityBand
                  probability={side.probability as Probability}
                  outcome={line.outcome as Outcome}
                  // A number with a range of scores is the reporter's, and counts as worded.
                  voice={Array.isArray(side.brier) ? 'paraphrase' : 'quote'}
                />
                <span class="small soft brier">
                  {side.brier === null ? '' : `score ${scoreText(side.brier)}`}
                </span>
              </td>
            ))}
          </tr>
        ))}
    </tbody>
  </table>
)
