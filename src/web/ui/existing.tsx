import type { Existing } from '../../core/error.ts'

const PAGES: readonly [words: string, path: (existing: Existing) => string | undefined][] = [
  ['the forecast', ({ forecast }) => forecast && `/forecasts/${forecast}`],
  [
    'the remark',
    ({ forecast, statement, source }) =>
      forecast === undefined && statement !== undefined ? `/sources/${source}#${statement}` : undefined,
  ],
  ['the question', ({ question }) => question && `/questions/${question}`],
  ['the source', ({ source }) => source && `/sources/${source}`],
  ['the analyst', ({ analyst }) => analyst && `/analysts/${analyst}`],
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
