import type { Child } from 'hono/jsx'
import { momentOf } from '../../core/moment.ts'
import {
  bandOf,
  FLATLY,
  heardRange,
  isCategorical,
  isTooVague,
  isUnmeasured,
  isWorded,
  kindOf,
  type Probability,
} from '../../core/probability.ts'
import { typeOf } from '../../core/question.ts'
import type { Source } from '../../core/source.ts'
import { type StandingStatement, type Statement, transcriptCaveat } from '../../core/statement.ts'
import * as paths from '../../http/paths.ts'
import { lexiconRow } from '../../reading/english/lexicon.ts'
import { languageName, languageSaid, rulesOf } from '../../reading/languages.ts'
import { textFragment } from '../../reading/text-fragment.ts'
import { isMeasuredLanguage, readWords } from '../../reading/wording.ts'
import type { ArchivedRow } from '../../store/archives.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import { RangeBar } from '../charts/range-bar.tsx'
import { ArchivedQuote } from '../ui/archived.tsx'
import { probabilityText, Reading } from '../ui/band.tsx'
import { Byline, WrittenBy } from '../ui/byline.tsx'
import { Layer } from '../ui/card.tsx'
import { DateWithZone, Instant } from '../ui/date.tsx'
import { ExternalLink, Titled } from '../ui/link.tsx'
import { outcomeText } from '../ui/mark.tsx'
import type { NameOf } from '../ui/member-names.ts'
import { percent } from '../ui/number.ts'
import { hasPutIn, languageText, QuoteInContext } from '../ui/quote.tsx'
import { TimeCode, VerifyByEar } from './verify.tsx'

type SaidLayerProps = {
  item: ForecastItem
  archived: ArchivedRow | null
  mayVerify: boolean
  nameOf: NameOf
}

/** 1: what was said, by whom, where and when; the only layer in serif and quotation marks. */
export const SaidLayer = ({ item, archived, mayVerify, nameOf }: SaidLayerProps) => (
  <Layer number={1} title="Said" by={<SaidBy {...item} said_on={item.forecast.record.said_on} />}>
    {isInContext(item.statement) ? <QuoteInContext statement={item.statement} source={item.source} /> : null}
    <Caveats statement={item.statement} source={item.source} nameOf={nameOf} />
    {archived === null ? null : (
      <p class="small soft">
        <ArchivedQuote archived={archived} statement={item.statement.id} />.
      </p>
    )}
    {mayVerify ? <VerifyByEar statement={item.statement} source={item.source} /> : null}
  </Layer>
)

/** Whether there is more to show of a quote than the words, which head the page. */
const isInContext = ({ quote }: Statement): boolean =>
  quote.prefix !== undefined || quote.suffix !== undefined

type SaidByProps = Pick<ForecastItem, 'analyst' | 'source' | 'statement'> & {
  said_on: { from: string; to: string }
}

function SaidBy({ analyst, source, statement, said_on }: SaidByProps) {
  const passage = passageOf(source, statement)
  return (
    <>
      <Byline analyst={analyst} source={source} said_on={said_on} />
      {statement.timecode === undefined ? null : (
        <>
          , at <TimeCode source={source} timecode={statement.timecode} />
        </>
      )}
      {typeof source.published === 'object' && source.published.because !== undefined ? (
        <span class="aside">Dated by us: {source.published.because}</span>
      ) : null}
      {passage === null ? null : (
        <span class="aside">
          <ExternalLink href={passage}>The passage at its source</ExternalLink>
        </span>
      )}
    </>
  )
}

/** The address of the passage itself: in a recording its second, else what a text fragment can name. */
function passageOf(source: Source, { quote, timecode }: Statement): string | null {
  if (source.url === undefined) return null
  const moment = timecode === undefined ? null : momentOf(source.url, timecode)
  if (moment !== null) return moment
  const fragment = textFragment(quote.exact)
  return fragment === null ? null : `${source.url.split('#')[0]}#:~:text=${fragment}`
}

/** What to know of a quote before it is believed. */
type CaveatsProps = { statement: StandingStatement; source: Source; nameOf: NameOf }

function Caveats({ statement, source, nameOf }: CaveatsProps) {
  const translated = source.translated_from !== undefined
  const heard = transcriptCaveat(statement, source)
  const verified = typeof statement.verified_by_ear === 'object' ? statement.verified_by_ear : null
  const putIn = hasPutIn(statement.quote)
  if (statement.checked === 'found' && !translated && heard === null && verified === null && !putIn)
    return null
  return (
    <ul class="caveats">
      {statement.checked === 'unchecked' ? (
        <li>
          <span class="label">unchecked</span> The text of the source is not held here, so the quote was not
          compared with it.
        </li>
      ) : null}
      {heard === null && verified === null ? null : (
        <li>
          <span class="label">{heard ?? 'verified by ear'}</span>{' '}
          {verified === null ? (
            'A program wrote these words down, and nobody has listened yet.'
          ) : (
            <>
              <bdi>{nameOf(verified.by)}</bdi> listened: these are the words.{' '}
              <Instant at={new Date(verified.at)} />.
            </>
          )}
        </li>
      )}
      {putIn ? (
        <li>
          <span class="label">in brackets</span> What stands in square brackets is not the speaker’s: an
          editor put it in, or the source prints it so.
        </li>
      ) : null}
      {translated ? (
        <li>
          <span class="label">translated</span> From {languageText(source.translated_from as string)}
          {source.translated_by === undefined ? null : (
            <>
              {' '}
              by <bdi>{source.translated_by}</bdi>
            </>
          )}
          : the words are the translator’s.
        </li>
      ) : null}
    </ul>
  )
}

type QuestionLayerProps = { question: QuestionRow; nameOf: NameOf; linked?: boolean }

/** 2: the event we made of it, and the rules by which it is decided. */
export function QuestionLayer({ question, nameOf, linked = false }: QuestionLayerProps) {
  const { record, at, by, known_from } = question
  const knowing = known_from !== null && new Date(at) >= known_from
  return (
    <Layer
      number={2}
      title="Our question"
      by={
        <>
          <WrittenBy verb="Written" name={nameOf(by)} at={at} />
          {knowing ? ', knowing the outcome' : ''}
        </>
      }
    >
      <p class="event">
        {linked ? (
          <Titled href={paths.question(record.id)}>{record.title}</Titled>
        ) : (
          <bdi>{record.title}</bdi>
        )}
      </p>
      <dl class="facts">
        <Fact name="Resolves as">
          <p class="tight prose">{record.criteria}</p>
        </Fact>
        {record.fine_print === undefined ? null : (
          <Fact name="Fine print">
            <details>
              <summary>Show the fine print</summary>
              <p class="prose">{record.fine_print}</p>
            </details>
          </Fact>
        )}
        {record.condition === undefined ? null : (
          <Fact name="Only if">
            {record.condition.text.replace(/\.$/u, '')}, by{' '}
            <DateWithZone deadline={record.condition.deadline} />
          </Fact>
        )}
        <Fact name="Deadline">
          <DateWithZone deadline={record.deadline} />
          <span class="aside">
            {record.deadline.because === undefined
              ? 'The analyst’s own date.'
              : `The date is ours, because: ${record.deadline.because}`}
          </span>
        </Fact>
        <AnswerSpace question={question} />
        {record.low_information === undefined ? null : (
          <Fact name="Hard to get wrong">{record.low_information}</Fact>
        )}
        {record.resolution_sources === undefined ? null : (
          <Fact name="Decided from">
            <ul class="plain-list">
              {record.resolution_sources.map((source) => (
                <li>{source}</li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
    </Layer>
  )
}

function AnswerSpace({ question: { record } }: { question: QuestionRow }) {
  if (typeOf(record) === 'binary') return null
  const { options, ordered, range } = record
  return (
    <Fact name="Possible answers">
      {options === undefined ? null : `${options.join(' · ')}${ordered ? ' (in this order)' : ''}`}
      {range === undefined
        ? null
        : `${outcomeText(range.low)} to ${outcomeText(range.high)}${'unit' in range && range.unit ? ` ${range.unit}` : ''}`}
    </Fact>
  )
}

export const Fact = ({ name, children }: { name: string; children?: Child }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)

/** 3: what we take the words to mean, and who says so. */
export const ReadingLayer = ({ item, children }: { item: ForecastItem; children?: Child }) => {
  const { probability } = item.forecast.record
  const band = bandOf(probability)
  return (
    <Layer number={3} title="Our reading of the words" by={readBy(probability, item.statement.voice)}>
      <p class="event">
        <Reading text={probabilityText(probability, item.statement.voice)} />
      </p>
      {band === null ? null : (
        <RangeBar
          id="reading"
          title="Probability of the event, as read"
          says={`From ${percent(band.low)} to ${percent(band.high)}, with ${percent(band.mid)} in the middle.`}
          range={{
            domain: [0, 1],
            range: [band.low, band.high],
            value: band.mid,
            mark: null,
            ticks: [0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, label: percent(value) })),
          }}
          numbers={{
            head: ['Reading', 'Probability of the event'],
            rows: [
              ['Low', percent(band.low)],
              ['Middle', percent(band.mid)],
              ['High', percent(band.high)],
            ],
          }}
        />
      )}
      <p>{meaningOf(probability, item)}</p>
      {children}
    </Layer>
  )
}

const isReported = (probability: Probability, voice: Statement['voice']) =>
  voice === 'paraphrase' &&
  !isWorded(probability) &&
  !isCategorical(probability) &&
  !isUnmeasured(probability)

/** Who gave the number: the speaker, the reporter, the lexicon, or an editor with a reason. */
export function readBy(probability: Probability, voice: Statement['voice']): Child {
  if (isReported(probability, voice)) return 'As reported'
  if (isUnmeasured(probability)) return 'Nobody: these words were not measured in their language'
  if (isCategorical(probability)) return 'Said flatly; the band is the house rule for a flat yes or no'
  if (!isWorded(probability)) return 'Stated by the speaker'
  if (probability.lexicon === 'editor' || probability.because !== undefined)
    return (
      <>
        Editor, because <bdi>{probability.because ?? 'no reason was kept'}</bdi>
      </>
    )
  return `Lexicon ${probability.lexicon}`
}

function meaningOf(
  probability: Probability,
  { source, statement: { voice, quote } }: Pick<ForecastItem, 'source' | 'statement'>,
): string {
  if (isReported(probability, voice))
    return 'A number as the reporter gave it: the words are not the speaker’s, so it counts as worded.'
  const reported = voice === 'paraphrase' ? ' As reported: the words are the reporter’s.' : ''
  return meaning(probability, languageSaid(source.language, quote.exact)) + reported
}

/** What an editor's band stands in the place of. */
function insteadOf(words: string, language: string | undefined): string {
  const reading = readWords(words, { language })
  if (!isMeasuredLanguage(words, { language })) return 'The words were not measured in their language.'
  return reading === null
    ? 'The lexicon lacks the phrase.'
    : `The lexicon reads “${reading.matched}” as ${heardRange(reading.low, reading.high)}.`
}

function meaning(probability: Probability, language: string | undefined): string {
  if (isUnmeasured(probability))
    return `What readers understand by these words nobody measured in their language. They lean to ${probability.leans}: that came true or it did not, and what was to be expected is unknown. Never scored.`
  if (isCategorical(probability)) {
    const yes = probability.categorical === 'yes'
    const { low, high } = FLATLY[probability.categorical]
    const isEnglish = rulesOf(language ?? 'en')?.tag === 'en'
    if (yes && !isEnglish)
      return `Said flatly that it happens. A flat yes is read as ${heardRange(low, high)}: measured for “will happen” in English, and assumed for ${languageName(language ?? 'en')}. It counts as a hit or a miss, never as one probability.`
    return yes
      ? `Said flatly that it happens. Eight of ten readers asked understand a flat yes as ${heardRange(low, high)}. It counts as a hit or a miss, never as one probability.`
      : `Said flatly that it does not happen. A flat no is read as ${heardRange(low, high)}, the mirror of a flat yes: assumed, nobody has measured it. It counts as a hit or a miss, never as one probability.`
  }
  if (isWorded(probability)) {
    const { low, mid, high, key, lexicon } = probability
    const row = key === undefined ? null : lexiconRow(key)
    const band =
      lexicon === 'editor'
        ? `An editor reads it as ${heardRange(low, high)}, with ${percent(mid)} in the middle. ${insteadOf(probability.words, language)}`
        : lexicon.startsWith('own-')
          ? `Read through what this ledger measured with its own readers (${lexicon}) as ${heardRange(low, high)}, with ${percent(mid)} in the middle.`
          : row?.measured === true &&
              readWords(probability.words, { language })?.measured === true &&
              row.low === low &&
              row.mid === mid &&
              row.high === high
            ? `Eight of ten readers asked put it at ${heardRange(low, high)}; half of them at ${percent(mid)} or more.`
            : `Read as ${heardRange(low, high)}, with ${percent(mid)} in the middle. Nobody has measured this phrase: the band is assumed.`
    return isTooVague(probability)
      ? `${band} Readers are 40 points or more apart: too vague to be wrong.`
      : band
  }
  switch (kindOf(probability)) {
    case 'stated':
      return 'A number, in the speaker’s own words. Nothing was read into it.'
    case 'stated_range':
      return 'A range, in the speaker’s own words. Its middle counts; its ends show how much depends on it.'
    case 'options':
      return 'A probability for each possible answer.'
    default:
      return 'quantiles' in (probability as object)
        ? 'A distribution over the possible answers: how probable it is that the answer is no more, or no later, than each.'
        : 'A range of answers, and how probable it is that the answer lies within it.'
  }
}
