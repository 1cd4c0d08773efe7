import { LedgerError, notFound } from '../../core/error.ts'
import type { Probability } from '../../core/probability.ts'
import type { Outcome } from '../../core/resolution.ts'
import * as paths from '../../http/paths.ts'
import { listOf, searchOf, words } from '../../http/search-params.ts'
import type { Comparison } from '../../scoring/comparison.ts'
import { brierText, differenceText, expectedText, scoreText } from '../../scoring/figure-text.ts'
import { robotOf } from '../../scoring/robot.ts'
import { readComparePage } from '../../store/documents/comparison.ts'
import { NumbersTable } from '../charts/chart.tsx'
import { decimal } from '../charts/number.ts'
import { RangeBar } from '../charts/range-bar.tsx'
import { ProbabilityBand } from '../ui/band.tsx'
import { Page } from '../ui/layout.tsx'
import { Titled } from '../ui/link.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageHandler } from '../ui/page.ts'
import { sentenceText } from '../ui/record-words.ts'
import { TableHead } from '../ui/table-head.tsx'
import { VerdictTold } from '../ui/verdict.tsx'
import { everybody, MOST_ANALYSTS } from './analysts.tsx'
import { ChoosePair } from './choose-pair.tsx'

const MOST = 40

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

function Compared({ comparison, people, context }: ComparedProps) {
  const { a, b, questions, common, verdict, earlier } = comparison
  const json = paths.api.comparison(a.id, b.id)
  return (
    <Page
      title={`${a.name} and ${b.name}`}
      description={verdict}
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
      <p class="lead">{sentenceText(verdict)}</p>
      {earlier === null ? null : <p>{sentenceText(earlier)}</p>}
      <p class="soft">
        Only yes/no questions that both spoke about, decided and past their deadline, and only what each said
        first and was logged live: {counted(common, 'common question')}.
      </p>
      {common === 0 ? null : (
        <>
          <Difference comparison={comparison} />
          <h2>Did it come true?</h2>
          <CameTrue comparison={comparison} />
          <h2>The common questions</h2>
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
        A claim came true when the event ended the way it leaned. To be expected is how many would, if the
        words mean what readers hear in them and the numbers are right.
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
      {questions.slice(0, MOST).map((line) => (
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
