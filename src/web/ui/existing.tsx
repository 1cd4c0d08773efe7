import type { Existing } from '../../core/error.ts'
import * as paths from '../../http/paths.ts'

const PAGES: readonly [words: string, path: (existing: Existing) => string | undefined][] = [
  ['the forecast', ({ forecast }) => forecast && paths.forecast(forecast)],
  [
    'the remark',
    ({ forecast, statement, source }) =>
      forecast === undefined && statement !== undefined && source !== undefined
        ? paths.statement(source, statement)
        : undefined,
  ],
  ['the question', ({ question }) => question && paths.question(question)],
  ['the source', ({ source }) => source && paths.source(source)],
  ['the analyst', ({ analyst }) => analyst && paths.analyst(analyst)],
]

/** The way to what is recorded already, where that is why a form was refused. */
export function ExistingLinks({ existing }: { existing: Existing | undefined }) {
  const links = PAGES.flatMap(([words, path]) => {
    const to = existing === undefined ? undefined : path(existing)
    return to === undefined ? [] : [[words, to] as const]
  })
  if (links.length === 0) return null
  return (
    <p>
      See{' '}
      {links.map(([words, to], i) => (
        <>
          {i === 0 ? '' : ' · '}
          <a href={to}>{words}</a>
        </>
      ))}
    </p>
  )
}
