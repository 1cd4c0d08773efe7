import type { TextRange } from '../../core/normalised-text.ts'
import { scriptTag } from '../../core/script.ts'

/** A stretch of the text that is marked or suggested, where it stands in the text as pasted. */
export type Highlight = {
  raw: TextRange
  href: string
  kind: 'forecast' | 'duplicate' | 'untestable' | 'suggested'
  says: string
}

/** What lies in the way of an earlier highlight is cut off; marks come before suggestions. */
function laidOut(highlights: readonly Highlight[]): Highlight[] {
  const found: Highlight[] = []
  const inOrder = [...highlights].sort((a, b) => a.raw.start - b.raw.start || b.raw.end - a.raw.end)
  let end = 0
  for (const highlight of inOrder) {
    const start = Math.max(end, highlight.raw.start)
    if (start >= highlight.raw.end) continue
    found.push({ ...highlight, raw: { start, end: highlight.raw.end } })
    end = highlight.raw.end
  }
  return found
}

/** The text with its highlights. Every paragraph says where it begins, so that a selection can be found again. */
type CapturedProps = { text: string; language: string | undefined; highlights: readonly Highlight[] }

export function CapturedText({ text, language, highlights }: CapturedProps) {
  const laid = laidOut(highlights)
  let at = 0
  let next = 0
  const paragraphs = text.split('\n').map((paragraph) => {
    const start = at
    const end = start + paragraph.length
    at = end + 1
    while (next > 0 && (laid[next - 1]?.raw.end ?? 0) > start) next--
    while ((laid[next]?.raw.end ?? Number.POSITIVE_INFINITY) <= start) next++
    const within: Highlight[] = []
    for (let i = next; (laid[i]?.raw.start ?? Number.POSITIVE_INFINITY) < end; i++)
      within.push(laid[i] as Highlight)
    return { paragraph, start, end, within }
  })
  return (
    <div class="article" id="article" lang={language ?? scriptTag(text)}>
      {paragraphs.map(({ paragraph, start, end, within }) =>
        paragraph.trim() === '' ? null : (
          <p data-at={start} dir="auto">
            {within.map(({ raw, href, kind, says }, i) => {
              const before = i === 0 ? start : Math.max(start, within[i - 1]?.raw.end ?? start)
              return (
                <>
                  {text.slice(before, Math.max(before, raw.start))}
                  <a
                    class={`hl ${kind}`}
                    href={href}
                    title={says}
                    id={raw.start >= start ? `at-${href.slice(1)}` : undefined}
                  >
                    {text.slice(Math.max(start, raw.start), Math.min(end, raw.end))}
                  </a>
                </>
              )
            })}
            {text.slice(Math.max(start, within.at(-1)?.raw.end ?? start), end)}
          </p>
        ),
      )}
    </div>
  )
}
