import { LedgerError, notFound } from '../../core/error.ts'
import type { Probability } from '../../core/probability.ts'
import type { Outcome } from '../../core/resolution.ts'
import * as paths from '../../http/paths.ts'
import { listOf, searchOf, words } from '../../http/search-params.ts'
import type { Comparison } from '../../scoring/comparison.ts'
import { brierText, promisedText, scoreText } from '../../scoring/verdict.ts'
import { readComparePage } from '../../store/documents/comparison.ts'
import { NumbersTable } from '../charts/chart.tsx'
import { decimal } from '../charts/number.ts'
import { RangeBar } from '../charts/range-bar.tsx'
import { ProbabilityBand } from '../ui/band.tsx'
import { Withheld } from '../ui/card.tsx'
import { Page } from '../ui/layout.tsx'
import { Titled } from '../ui/link.tsx'
import { OutcomeMark } from '../ui/mark.tsx'
import { counted, unbroken } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageHandler } from '../ui/page.ts'
import { sentenceText, WITHHELD } from '../ui/record-words.ts'
import { TableHead } from '../ui/table-head.tsx'
import { everybody, MOST_ANALYSTS } from './analysts.tsx'
import { ChoosePair } from './choose-pair.tsx'

const MOST = 40

/** Two analysts on their common questions: the interval of the difference, in words first. */
export const comparePage: PageHandler = async (context) => {
  const { db } = context.host.ledger
  const { analysts } = searchOf(context.url, { analysts: listOf(words(200), 2) })
  const chosen = analysts.flatMap((value) => value.split(',')).filter((id) => id !== '')
  if (chosen.length !== 0 && chosen.length !== 2)
    throw new LedgerError('malformed', 'A comparison takes two analysts.')
  const { compared, people: listed } = await readComparePage(db, chosen, context.now, MOST_ANALYSTS)
  const held = chosen.map((id) => {
    const analyst = compared.analysts.get(id)
    if (analyst === undefined) throw notFound('analyst', id)
    return analyst
  })
  const people = everybody([...listed.items.map(({ record }) => record), ...held])
  const [a, b] = chosen
  if (a === undefined || b === undefined)
    return (
      <Page title="Compare" context={context} active="analysts">
        <h1>Compare two analysts</h1>
        <p class="intro">On the questions that both of them spoke about, and on no others.</p>
        <ChoosePair analysts={people} />
      </Page>
    )
  if (a === b) throw new LedgerError('malformed', 'An analyst cannot be compared with the same analyst.')
  const comparison = compared.comparison as Comparison
  const { questions, common } = comparison
  const scored = comparison.difference?.n ?? common
  const isPart = scored < common
  return (
    <Page
      title={`${comparison.a.name} and ${comparison.b.name}`}
      description={comparison.verdict}
      context={context}
      active="analysts"
      json={paths.api.comparison(a, b)}
    >
      <p class="crumbs">
        <a href={paths.analysts()}>Analysts</a> › Compare
      </p>
      <h1>
        <a class="plain" href={paths.analyst(a)}>
          <Original>{comparison.a.name}</Original>
        </a>{' '}
        and{' '}
        <a class="plain" href={paths.analyst(b)}>
          <Original>{comparison.b.name}</Original>
        </a>
      </h1>
      <p class="lead">{sentenceText(comparison.verdict)}</p>
      <p class="soft">
        Only questions that both spoke about, decided and past their deadline, and only what was logged live:{' '}
        {counted(comparison.common, 'common question')}, {unbroken(`G = ${comparison.clusters}`)} independent
        groups.
      </p>
      {comparison.common === 0 ? null : (
        <>
          <h2>Did it come true?</h2>
          <p>
            A claim came true when the event ended the way it leaned. Promised is how many should have, if the
            words mean what readers hear in them, or if the numbers are right.
          </p>
          <NumbersTable
            title="Came true, against promised"
            numbers={{
              head: ['Analyst', 'n', 'Came true', 'Promised', `Mean Brier${isPart ? `, n = ${scored}` : ''}`],
              rows: [comparison.a, comparison.b].map((side) => sideRow(side, scored)),
            }}
          />
          <Difference comparison={comparison} />
          <h2>The common questions</h2>
          <Questions comparison={comparison} />
          {questions.length > MOST ? (
            <p>
              The first {MOST} of {questions.length}; all are in{' '}
              <a href={paths.api.comparison(a, b)}>the JSON</a>.
            </p>
          ) : null}
        </>
      )}
      <h2>Compare others</h2>
      <ChoosePair analysts={people} chosen={[a, b]} />
      <p>
        <a href={paths.api.comparison(a, b)}>This page as JSON</a> ·{' '}
        <a href={paths.methods()}>How this is computed</a>
      </p>
    </Page>
  )
}

const sideRow = ({ name, claims, brier }: Comparison['a'], scored: number): (string | number)[] => [
  name,
  claims.n,
  claims.n === 0 ? '—' : claims.came_true,
  claims.n === 0 ? '—' : promisedText(claims.promised),
  brier === null ? '—' : brierText(brier, scored),
]

function Difference({ comparison }: { comparison: Comparison }) {
  const { a, b, common, difference, difference_over_readings: over, withheld } = comparison
  const shown = difference ?? over
  if (shown === null)
    return (
      <>
        <h2>The difference</h2>
        <Withheld>
          No interval of the difference is shown:{' '}
          {WITHHELD[withheld.difference_over_readings ?? withheld.difference ?? 'nothing_scored']}.
        </Withheld>
      </>
    )
  const reach = Math.ceil(Math.max(...shown.interval.map(Math.abs), 0.05) * 10) / 10
  const [low, high] = shown.interval
  return (
    <>
      <h2>The difference</h2>
      <p>
        <b>
          {shown.can_be_told_apart
            ? 'They can be told apart.'
            : 'They cannot be told apart: the interval contains 0.'}
        </b>{' '}
        {difference === null
          ? `At least one of them used words, so the interval covers every reading of the words: from the best for ${a.name} to the best for ${b.name}.`
          : `${shown.n === common ? '' : `Both gave numbers to ${shown.n} of the ${common} common questions; the others are not in it. `}The Brier score is the squared distance between the probability given and what happened, 0 perfect and 1 worst. Per question the two scores are subtracted; what is common to both falls out.`}
      </p>
      <RangeBar
        id="difference"
        title={`Brier of ${a.name} minus Brier of ${b.name}`}
        says={`From ${decimal(low, 3)} to ${decimal(high, 3)}; below 0, ${a.name} scored better.`}
        range={{
          domain: [-reach, reach],
          range: shown.interval,
          value: difference?.mean ?? null,
          mark: { value: 0, label: 'no difference' },
          ticks: [-reach, 0, reach].map((value) => ({ value, label: decimal(value, value === 0 ? 0 : 1) })),
        }}
        numbers={{
          head: ['Figure', 'Value'],
          rows: [
            ...(difference === null ? [] : [['Mean difference', decimal(difference.mean, 3)]]),
            ...(difference !== null || over === null
              ? []
              : [['Difference over the readings', `${decimal(over.best, 3)} to ${decimal(over.worst, 3)}`]]),
            ['95 % interval', `${decimal(low, 3)} to ${decimal(high, 3)}`],
            [
              shown.n === common ? 'n, common questions' : 'n, common questions with numbers by both',
              shown.n,
            ],
            ['G, independent groups', shown.clusters],
          ],
        }}
        caption={`Left of 0: better for ${a.name}. Right of 0: better for ${b.name}. n = ${shown.n}, G = ${shown.clusters}.`}
      />
    </>
  )
}

const Questions = ({ comparison: { a, b, questions } }: { comparison: Comparison }) => (
  <table class="rows common">
    <TableHead columns={['Outcome', 'Question', a.name, b.name]} />
    <tbody>
      {questions.slice(0, MOST).map((line) => (
        <tr>
          <td>
            <OutcomeMark outcome={line.outcome as Outcome} />
          </td>
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
              <ProbabilityBand
                probability={side.probability as Probability}
                outcome={line.outcome as Outcome}
                // A number with a range of scores is the reporter's, and counts as worded.
                voice={Array.isArray(side.brier) ? 'paraphrase' : 'quote'}
              />
              <span class="small soft brier">
                {side.brier === null ? '' : `Brier ${scoreText(side.brier)}`}
              </span>
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)
