import type { Rung } from '../../capture/question.ts'
import { languageSaid } from '../../reading/languages.ts'
import type { FormFrame } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'
import { TRANSLATION } from './card.tsx'
import { Fold, Part, Parts, VOICES } from './fields.tsx'
import { ComparedWith, RestOfQuestion } from './question.tsx'
import { ClaimSentence } from './sentence.tsx'
import { AnalystField, type Speakers } from './speaker.tsx'

type Named = readonly (readonly [id: string, words: string])[]

/** What the form for one lets one choose from. */
export type Known = {
  sources: Named
  questions: Named
  /** Questions that a new one may imply. */
  rungs: readonly Rung[]
  analysts: readonly string[]
  speakers: Speakers
  statements: Named
}
type PartProps = { frame: FormFrame; known: Known }

const ABOUT_TEXT = [
  '/source/text',
  '/source/language',
  '/source/transcript',
  '/source/coverage',
  '/source/selected_because',
]

/** Where it was said: a recorded source, or a new one. */
export const SourceOfOne = ({ frame, known }: PartProps) => (
  <fieldset class="part">
    <legend>Where it was said</legend>
    <Part frame={frame} name="source" options={[['', 'A new source'], ...known.sources]} />
    <div class="if-new-source">
      <Parts frame={frame} names={['/source/title', ['/source/publisher', '/source/type']]} />
      <Part frame={frame} name="/source/url" type="url" />
      <div class="pair">
        <Part
          frame={frame}
          name="/source/published"
          hint="A day, a month or a year; the first possible day where it is uncertain."
        />
        <Part frame={frame} name="published_to" />
      </div>
      <Fold
        frame={frame}
        summary="Text, language, what is logged of it"
        names={ABOUT_TEXT}
        filled={ABOUT_TEXT.filter((name) => name !== '/source/coverage')}
      >
        <Parts frame={frame} names={['/source/text', ['/source/language', '/source/transcript']]} />
        <Part
          frame={frame}
          name="/source/coverage"
          hint="What an editor picked and logs after the outcome is known stays out of averages."
          options={[
            ['complete', 'Every forecast in it'],
            ['selected', 'Some, chosen'],
            ['unstated', 'Not said'],
          ]}
        />
        <Part frame={frame} name="/source/selected_because" />
      </Fold>
    </div>
  </fieldset>
)

/** In what language the words are read: as it is typed, or that of the quote. */
const readingOf = ({ draft }: FormFrame) => ({
  language: languageSaid(typedIn(draft, '/source/language') || undefined, typedIn(draft, '/quote/exact')),
})

/** The words, by whom; a headline can be a remark, and a remark is of the day of its source. */
export const SaidOfOne = ({ frame, known, remark }: PartProps & { remark: boolean }) => {
  const translated = [...TRANSLATION, 'verified_by_ear']
  const around = ['/quote/prefix', '/quote/suffix', '/timecode', ...(remark ? [] : ['/said_on'])]
  return (
    <fieldset class="part">
      <legend>What was said</legend>
      <AnalystField frame={frame} names={known.analysts} speakers={known.speakers} />
      <Part frame={frame} name="/quote/exact" />
      <Part
        frame={frame}
        name="/voice"
        radio
        options={VOICES.filter(([voice]) => remark || voice !== 'headline')}
      />
      <Fold
        frame={frame}
        summary="Words around it, time code, another day"
        names={[around]}
        filled={around}
      />
      <Fold
        frame={frame}
        summary="Translation, verified by ear"
        names={translated}
        filled={['/translation/text']}
      />
    </fieldset>
  )
}

/** Our question about it, one that is recorded or a new one, and how likely they made the event. */
export const QuestionOfOne = ({ frame, known }: PartProps) => (
  <fieldset class="part">
    <legend>Our question</legend>
    <Part frame={frame} name="question" options={[['', 'A new question'], ...known.questions]} />
    <ClaimSentence frame={frame} reading={readingOf(frame)} asks={true} />
    <div class="if-new-question">
      <p class="small soft tight">
        The “no” belongs into the probability, so that two who disagree share one question. Without a day the
        deadline is the one that the quote names, or publication and 12 months.
      </p>
      <RestOfQuestion frame={frame} rungs={known.rungs} />
      <ComparedWith frame={frame} />
    </div>
  </fieldset>
)

export const RemarkOfOne = ({ frame, known }: PartProps) => (
  <fieldset class="part">
    <legend>Why it is no forecast</legend>
    <Part frame={frame} name="/kind" />
    <div class="if-untestable">
      <Part frame={frame} name="/reason" />
    </div>
    <div class="if-duplicate">
      <Part
        frame={frame}
        name="/duplicate_of"
        hint="A forecast of the same source. In a later source it is a forecast again."
        options={[['', 'Choose'], ...known.statements]}
      />
    </div>
    <Part frame={frame} name="/because" />
  </fieldset>
)
