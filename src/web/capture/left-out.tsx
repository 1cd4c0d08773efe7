import type { Heard, LeftOut } from '../../core/capture.ts'
import { wordsIn } from '../../core/text.ts'
import { counted } from '../ui/number.ts'
import { Do } from './question.tsx'
import { shortened } from './words.ts'

const WHY: Record<LeftOut['why'], string> = {
  menu: 'Menus, headers and footers',
  beside: 'Beside the article',
  links: 'Links to other pages',
}

const sizeOf = (parts: readonly LeftOut[]): number => parts.reduce((sum, { text }) => sum + wordsIn(text), 0)

/** What the page shows beside the article, folded and with its size; each part can be taken into the text. */
export function LeftOutOfText({ parts }: { parts: readonly LeftOut[] }) {
  if (parts.length === 0) return null
  const numbered = parts.map((part, number) => ({ part, number }))
  return (
    <section class="left-out" aria-labelledby="left-out">
      <h2 id="left-out">Left out of the text</h2>
      <p class="small soft tight">
        The page shows {counted(sizeOf(parts), 'word')} more. What belongs to the article can be taken in.
      </p>
      {(['beside', 'links', 'menu'] as const).map((why) => {
        const own = numbered.filter(({ part }) => part.why === why)
        if (own.length === 0) return null
        return (
          <details>
            <summary>
              {WHY[why]}: {counted(sizeOf(own.map(({ part }) => part)), 'word')}
            </summary>
            <ul class="plain-list">
              {own.map(({ part, number }) => (
                <li>
                  <p class="prose small" dir="auto">
                    {shortened(part.text, 600)}
                  </p>
                  <Do does={`take:${number}`}>Take it in</Do>
                </li>
              ))}
            </ul>
          </details>
        )
      })}
    </section>
  )
}

/** What became of a file of captions, and what it is taken for. */
export function OfTranscript({ heard }: { heard: Heard }) {
  const { machine, has_sentences, taken_out } = heard
  return (
    <ul class="caveats">
      <li>
        <span class="label">transcript</span> Its lines were joined into sentences.
        {taken_out.length === 0 ? '' : ` Taken out of it: ${new Intl.ListFormat('en-GB').format(taken_out)}.`}
      </li>
      {machine === null ? null : (
        <li>
          <span class="label">machine transcript</span> It is taken for the work of a machine, because{' '}
          {machine}. What is quoted from it is not verified by ear until somebody says that they listened.
        </li>
      )}
      {has_sentences ? null : (
        <li>
          <span class="label">not read</span> No sentence can be told from the next: nothing is suggested.
          Mark passages yourself.
        </li>
      )}
    </ul>
  )
}
