import { bandOf, type Probability } from '../../core/probability.ts'
import { capitalised } from '../../core/text.ts'
import { happenedText } from '../../core/verdict.ts'
import * as paths from '../../http/paths.ts'
import type { NamedFinding } from '../../scoring/analysts-document.ts'
import { chanceText } from '../../scoring/figure-text.ts'
import type { FrontDocument } from '../../store/documents/front.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { percentRange, unbroken } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { sentenceText } from '../ui/record-words.ts'
import { Quoted } from './quoted.tsx'

const CARDS = 2

/** One that differs and one that fits, where there are; else two that differ: the surest, and the one of most claims. */
function chosen({ differ, fit }: FrontDocument['all']['findings']): NamedFinding[] {
  const surest = [...differ].sort((a, b) => (a.p_holm ?? 1) - (b.p_holm ?? 1))
  return [...surest.slice(0, 1), ...fit.slice(0, 1), ...surest.slice(1)].slice(0, CARDS)
}

type Props = { findings: FrontDocument['all']['findings']; surprises: readonly ForecastItem[] }

/** What is known of somebody, and what surprised most in either direction; a rule chose all of it. */
export function Findings({ findings, surprises }: Props) {
  const named = chosen(findings)
  if (named.length + surprises.length === 0) return null
  return (
    <section aria-labelledby="findings">
      <h2 id="findings" class="unseen">
        What stands out
      </h2>
      <div class="stand-out">
        {named.length === 0 ? null : (
          <div class="stack">
            {named.map((finding) => (
              <Finding finding={finding} />
            ))}
          </div>
        )}
        {surprises.length === 0 ? null : (
          <div class="card find">
            <p class="kick">Biggest surprise, in either direction</p>
            {surprises.map((item) => (
              <Surprise item={item} />
            ))}
          </div>
        )}
      </div>
      <p class="small soft">
        A rule chose these. <a href={`${paths.methods()}#front`}>Which one</a> ·{' '}
        <a href={paths.words()}>What the words of everybody turned out to mean</a>
      </p>
    </section>
  )
}

const Finding = ({ finding: { id, name, sentence, rule, p_holm } }: { finding: NamedFinding }) => (
  <div class="card find">
    <p class="kick">{rule === 'fits' ? 'Whose word can be taken' : 'A finding'}</p>
    <p class="found">
      <a class="plain" href={paths.analyst(id)}>
        {sentenceText(sentence)}
      </a>
    </p>
    <p class="small soft">
      <Original>{name}</Original>
      {rule === 'fits' || p_holm === null ? null : (
        <>
          . A difference this large would turn up {unbroken(chanceText(p_holm))} if words and numbers were
          right.
        </>
      )}
    </p>
  </div>
)

/** What happened, and how likely it was called; whose words it were stands beneath, as for every quote. */
function Surprise({ item }: { item: ForecastItem }) {
  const { forecast, question } = item
  const { probability } = forecast.record
  const happened = happenedText(question.record, question.outcome ?? 'no')
  return (
    <div class="surprise">
      <p class="found">
        <bdi>{capitalised(happened)}</bdi>; {probabilityOnly(probability)} had been given to it.
      </p>
      <Quoted item={item} />
    </div>
  )
}

/** A surprise is of a number that was stated, or a range of them. */
function probabilityOnly(probability: Probability): string {
  const { low, high } = bandOf(probability) ?? { low: 0.5, high: 0.5 }
  return percentRange(low, high)
}
