import type { Child } from 'hono/jsx'
import * as paths from '../../http/paths.ts'
import type { Besides, Near } from '../../store/search.ts'
import { Titled } from '../ui/link.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { Quote } from '../ui/quote.tsx'
import { UNTESTABLE } from '../ui/record-words.ts'

/** What a search found that is no forecast. */
export function FoundBesides({ besides, q }: { besides: Besides; q: string }) {
  const { analysts, remarks, questions } = besides
  const more = (found: { n: number; items: readonly unknown[] }, list: string, all: string) =>
    found.n > found.items.length ? (
      <p class="small">
        {found.items.length} of {found.n.toLocaleString('en')}. All {list} with these words:{' '}
        <a href={paths.csvOf(all)}>CSV</a>, <a href={all}>JSON</a>
      </p>
    ) : null
  return (
    <>
      <Part title={counted(analysts.n, 'analyst')} n={analysts.n}>
        <ul class="found">
          {analysts.items.map(({ id, name, forecasts }) => (
            <li>
              <a href={paths.analyst(id)}>
                <Original>{name}</Original>
              </a>{' '}
              <span class="small soft">{counted(forecasts, 'forecast')}</span>
            </li>
          ))}
        </ul>
        {more(analysts, 'analysts', paths.api.analysts({ q }))}
      </Part>
      <Part title={`${counted(remarks.n, 'remark')} in no score`} n={remarks.n}>
        <ul class="found">
          {remarks.items.map((remark) => (
            <li>
              <a class="said" href={paths.statement(remark.source, remark.id)}>
                <Quote statement={remark} source={remark.of} />
              </a>
              <p class="small soft tight">
                <Original>{remark.analyst_name}</Original>, <Original>{remark.outlet}</Original> ·{' '}
                {remark.reason === undefined ? 'a duplicate' : `not testable: ${UNTESTABLE[remark.reason]}`}
              </p>
            </li>
          ))}
        </ul>
        {more(remarks, 'statements', paths.api.statements({ q }))}
      </Part>
      <Part title={`${counted(questions.n, 'question')} without a forecast`} n={questions.n}>
        <ul class="found">
          {questions.items.map(({ id, title }) => (
            <li>
              <Titled href={paths.question(id)}>{title}</Titled>
            </li>
          ))}
        </ul>
        {more(questions, 'questions', paths.api.questions({ q }))}
      </Part>
    </>
  )
}

const Part = ({ title, n, children }: { title: string; n: number; children: Child }) =>
  n === 0 ? null : (
    <section>
      <h2 class="found-title">{title}</h2>
      {children}
    </section>
  )

const PATHS: Record<Near['kind'], (near: Near) => string> = {
  analyst: ({ id }) => paths.analyst(id),
  question: ({ id }) => paths.question(id),
  source: ({ id }) => paths.source(id),
  forecast: ({ id }) => paths.forecast(id),
  remark: ({ id, source }) => paths.statement(source, id),
}

/** The records whose words come nearest to an address at which there is nothing. */
export const Nearest = ({ near }: { near: readonly Near[] }) =>
  near.length === 0 ? null : (
    <section>
      <h2>Perhaps you want</h2>
      <ul class="found">
        {near.map((one) => (
          <li>
            <Titled href={PATHS[one.kind](one)}>{one.title}</Titled>{' '}
            <span class="small soft">{one.kind}</span>
          </li>
        ))}
      </ul>
    </section>
  )
