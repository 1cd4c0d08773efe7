import type { Mark } from '../../core/capture.ts'
import { dateShown } from '../../core/typed-date.ts'
import type { Typed } from '../../http/form.ts'
import type { ReadingContext } from '../../reading/own-lexicon.ts'
import { type FormFrame, sentence } from '../ui/field.tsx'
import { Original } from '../ui/original.tsx'
import { type Draft, typedIn } from '../ui/problem.ts'
import type { AroundMark } from './around.ts'
import { Fold, markForm, Part, Parts, REASONS } from './fields.tsx'
import { AskedQuestion, Do } from './question.tsx'
import { isShared, SPEAKER, Speaker, type Speakers } from './speaker.tsx'
import { shortened } from './words.ts'

/** A mark as the page shows it: its words, and its fields as they were typed. */
export type ShownMark = {
  mark: Mark
  words: string
  /** Of the text. */
  language: string | undefined
  /** Whether a transcript gives these words to the interviewer. */
  asked: boolean
  /** What these words answer, and whether nothing says whose they are. */
  answers: string | null
  unsure: boolean
  part: Typed
}

const KINDS = { forecast: 'Forecast', duplicate: 'Duplicate', untestable: 'Not testable' }

type CardProps = {
  shown: ShownMark
  problems: Draft['problems']
  around: AroundMark
  originals: readonly (readonly [string, string])[]
  speaker: string
  speakers: Speakers
  /** What its words are read through. */
  reading: ReadingContext
  /** Whether the text is a transcript. */
  heard: boolean
  focus: boolean
}

/** One marked passage, with what it becomes. */
export function MarkCard(props: CardProps) {
  const { shown, problems, around, originals, speaker, speakers, reading, heard, focus } = props
  const { id, kind, start, end } = shown.mark
  const draft: Draft = { typed: shown.part, problems, message: null }
  const frame: FormFrame = { id, fields: markForm, draft, prefix: `${id}:` }
  const own = problems.filter(({ pointer }) => pointer === '' || pointer === '/' || pointer === '/end')
  const lacks =
    kind === 'forecast'
      ? typedIn(draft, '/question/title') === '' && typedIn(draft, 'question') === ''
      : kind === 'duplicate' && typedIn(draft, '/duplicate_of') === ''
  return (
    <details class={`card capture-card ${kind}`} id={id} open={focus || problems.length > 0 || lacks}>
      <summary>
        <span>
          <span class="card-title">{KINDS[kind]}</span>
          <q>
            <Original language={shown.language}>{shortened(shown.words)}</Original>
          </q>
          <Becomes draft={draft} kind={kind} originals={originals} />
        </span>
      </summary>
      <input type="hidden" name="mark" value={id} />
      <input type="hidden" name={`${id}:at`} value={`${start}-${end}`} />
      <input type="hidden" name={`${id}:kind`} value={kind} />
      {shown.answers === null ? null : <Answers words={shown.answers} />}
      {shown.unsure ? <WhoseWords /> : null}
      {shown.asked ? <p class="small vague">This stands in a line of the interviewer.</p> : null}
      {own.length === 0 ? null : (
        <p class="problem">{own.map(({ message }) => sentence(message)).join(' ')}</p>
      )}
      {kind === 'forecast' ? (
        <AskedQuestion frame={frame} around={around} reading={reading} focus={focus} />
      ) : kind === 'duplicate' ? (
        <Part
          frame={frame}
          name="/duplicate_of"
          options={[['', 'Choose the passage it repeats'], ...originals]}
        />
      ) : (
        <Parts frame={frame} names={['/reason', '/because']} />
      )}
      <SaidDetails
        frame={frame}
        speaker={speaker}
        speakers={speakers}
        heard={heard}
        open={shown.unsure || isShared(speakers, typedIn(draft, '/analyst/name'))}
      />
      <p class="actions">
        {kind === 'forecast' ? null : <Do does={`forecast:${id}`}>It is a forecast</Do>}
        {kind === 'duplicate' ? null : <Do does={`duplicate:${id}`}>It is a duplicate</Do>}
        {kind === 'untestable' ? null : <Do does={`untestable:${id}`}>It cannot be tested</Do>}
        <Do does={`remove:${id}`}>Take the mark away</Do>
        <InText id={id} />
      </p>
    </details>
  )
}

/** What somebody else said or asked before, as far as it explains what is answered. */
export const Answers = ({ words }: { words: string }) => (
  <p class="small soft tight">
    Answers:{' '}
    <q>
      <bdi dir="auto">{shortened(words, 200)}</bdi>
    </q>
  </p>
)

export const WhoseWords = () => (
  <p class="small vague tight">Whose words? The transcript names nobody here: say who speaks.</p>
)

/** What a mark becomes, in one line of a card that is folded. */
function Becomes({
  draft,
  kind,
  originals,
}: Pick<CardProps, 'originals'> & { draft: Draft; kind: Mark['kind'] }) {
  const event = typedIn(draft, '/question/title')
  const deadline = typedIn(draft, '/question/deadline/date')
  const reason = typedIn(draft, '/reason')
  const original = originals.find(([other]) => other === typedIn(draft, '/duplicate_of'))
  if (kind === 'forecast' && event !== '')
    return (
      <span class="ours small soft">
        Our question: <bdi>{event}</bdi>
        {deadline === '' ? null : (
          <>
            , by <bdi>{dateShown(deadline)}</bdi>
          </>
        )}
      </span>
    )
  if (kind === 'duplicate' && original !== undefined)
    return (
      <span class="ours small soft">
        Says again: <bdi>{original[1]}</bdi>
      </span>
    )
  return kind === 'untestable' && Object.hasOwn(REASONS, reason) ? (
    <span class="ours small soft">{REASONS[reason as keyof typeof REASONS]}</span>
  ) : null
}

/** The words in another language, and who put them into it. */
export const TRANSLATION = ['/translation/text', ['/translation/by', '/translation/language'], 'by_machine']

/** Who said it, whose words, when: what differs from the rest of the text. */
const SaidDetails = ({
  frame,
  speaker,
  speakers,
  heard,
  open,
}: {
  frame: FormFrame
  speaker: string
  speakers: Speakers
  heard: boolean
  open: boolean
}) => (
  <Fold
    frame={frame}
    summary="Words, speaker, time code, translation"
    names={[
      '/exact',
      '/voice',
      ...SPEAKER,
      '/timecode',
      '/said_on',
      ...TRANSLATION.flat(),
      'verified_by_ear',
    ]}
    filled={['/translation/text']}
    open={open}
  >
    <Parts frame={frame} names={['/exact', '/voice']} />
    <div class="pair">
      <Part
        frame={frame}
        name="/analyst/name"
        {...(speaker === '' ? {} : { placeholder: speaker })}
        hint="Empty: the analyst of the whole text."
      />
      <Part frame={frame} name="/timecode" />
      <Part frame={frame} name="/said_on" />
    </div>
    <Speaker frame={frame} speakers={speakers} isLive />
    <Parts frame={frame} names={TRANSLATION} />
    {heard ? <Part frame={frame} name="verified_by_ear" /> : null}
  </Fold>
)

/** The way to the passage, where the text stands above the cards. */
export const InText = ({ id }: { id: string }) => (
  <a class="in-text small" href={`#at-${id}`}>
    In the text
  </a>
)
