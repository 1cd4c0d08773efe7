import type { Child } from 'hono/jsx'
import { capitalised } from '../../core/text.ts'
import * as paths from '../../http/paths.ts'
import type { FrontDocument } from '../../store/documents/front.ts'
import { ProbabilityBand } from '../ui/band.tsx'
import { DateWithZone, Day } from '../ui/date.tsx'
import { ExternalLink, Titled } from '../ui/link.tsx'
import { LOGGED } from '../ui/record-words.ts'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { Quoted } from './quoted.tsx'

const EVIDENCE = 2

type Props = NonNullable<FrontDocument['example']> & { now: Date }

/** One claim of the ledger from the words to what happened. */
export function Example({ item, resolution, now }: Props) {
  const { forecast, question, statement } = item
  const { record } = question
  return (
    <section aria-labelledby="example">
      <h2 id="example">One claim, from the words to what happened</h2>
      <ol class="four-steps">
        <Step title="What was said" n={1}>
          <Quoted item={item} />
          {item.logged === 'live' ? null : <p class="small soft">{capitalised(LOGGED[item.logged])}.</p>}
        </Step>
        <Step title="Our question" n={2}>
          <p>
            <Titled href={paths.question(record.id)} plain>
              {record.title}
            </Titled>
          </p>
          <ProbabilityBand probability={forecast.record.probability} voice={statement.voice} />
        </Step>
        <Step title="When one can tell" n={3}>
          <p>
            <DateWithZone deadline={record.deadline} />
          </p>
          <p class="small soft">
            {record.deadline.because === undefined
              ? 'The speaker’s own date.'
              : 'No date was named, so the date is ours, with a reason.'}
          </p>
        </Step>
        <Step title="What happened" n={4}>
          <p>
            <VerdictMark item={item} now={now} whole />
          </p>
          {resolution === null ? null : (
            <ul class="plain-list small">
              <li class="soft">
                Known on <Day day={resolution.record.known_on} />
              </li>
              {resolution.record.evidence.slice(0, EVIDENCE).map(({ url, says }) => (
                <li>
                  <bdi>{says}</bdi> {url === undefined ? null : <ExternalLink href={url} />}
                </li>
              ))}
            </ul>
          )}
        </Step>
      </ol>
    </section>
  )
}

type StepProps = { n: number; title: string; children?: Child }

export const Step = ({ n, title, children }: StepProps) => (
  <li>
    <h3>
      <span class="number" aria-hidden="true">
        {n}
      </span>{' '}
      {title}
    </h3>
    {children}
  </li>
)
