import type { OpenSuggestions } from '../../capture/suggestion.ts'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { Answers, InText, WhoseWords } from './card.tsx'
import { Do } from './question.tsx'
import { shortened } from './words.ts'

/** A passage that was suggested, with the reasons, and a button for everything it can become. */
export type Suggestion = {
  start: number
  end: number
  words: string
  says: readonly string[]
  /** What it looks like; a headline carries no forecast. */
  kind: 'forecast' | 'duplicate' | 'untestable'
  isHeadline: boolean
  /** The mark that it seems to repeat. */
  repeats: string | null
  vague: boolean
  /** Of a transcript: what it answers, and whether nobody is named. */
  answers: string | null
  unsure: boolean
}

/** What nobody decided on yet: what it looks like, and why. */
export function suggestionsOf({ passages, remarks }: OpenSuggestions): Suggestion[] {
  const found = passages.map(
    ({ start, end, text, reasons, lead, voice, original, too_vague, heard }): Suggestion => ({
      start,
      end,
      words: text,
      says: [
        ...reasons.map(({ words, says }) => `“${words}” ${says}`),
        ...(lead === undefined ? [] : [`repeats “${shortened(lead.text, 60)}”`]),
      ],
      kind: lead === undefined ? 'forecast' : 'duplicate',
      isHeadline: voice === 'headline',
      repeats: original,
      vague: too_vague,
      answers: heard?.answers ?? null,
      unsure: heard?.unsure ?? false,
    }),
  )
  const others = remarks.map(
    ({ start, end, text, says }): Suggestion => ({
      start,
      end,
      words: text,
      says: [says],
      kind: 'untestable',
      isHeadline: false,
      repeats: null,
      vague: false,
      answers: null,
      unsure: false,
    }),
  )
  return [...found, ...others].sort((a, b) => a.start - b.start)
}

const LOOKS = {
  forecast: 'Looks like a forecast',
  duplicate: 'Looks like a repetition',
  untestable: 'Looks untestable',
}

/** It is an editor's, so that it can repeat a forecast and be none. */
const HEADLINE = 'A headline: nobody’s forecast'

type SuggestionProps = { suggestion: Suggestion; language: string | undefined }

export function SuggestionCard({ suggestion, language }: SuggestionProps) {
  const { start, end, words, says, kind, isHeadline, repeats, vague, answers, unsure } = suggestion
  const place = `${start}-${end}`
  const duplicate = `duplicate:${place}${repeats === null ? '' : `:${repeats}`}`
  return (
    <article
      class="card suggested"
      id={`s${place}`}
      aria-label={`Suggested: ${shortened(words, 60)}`}
      tabindex={-1}
    >
      <span class="card-title">{isHeadline && kind === 'forecast' ? HEADLINE : LOOKS[kind]}</span>
      <p class="tight">
        <q>
          <Original language={language}>{shortened(words)}</Original>
        </q>
      </p>
      {answers === null ? null : <Answers words={answers} />}
      {unsure ? <WhoseWords /> : null}
      <p class="small soft tight">
        {says.join(' · ')}
        {vague ? ' · its words may be too vague to score' : ''}
      </p>
      <p class="actions">
        {isHeadline ? null : (
          <Do does={`forecast:${place}`} quiet={kind !== 'forecast'}>
            Forecast
          </Do>
        )}
        <Do does={duplicate} quiet={kind !== 'duplicate'}>
          {repeats === null ? 'Duplicate' : 'Duplicate of that'}
        </Do>
        <Do does={`untestable:${place}`} quiet={kind !== 'untestable'}>
          Untestable
        </Do>
        <Do does={`ignore:${place}`}>Ignore</Do>
        <InText id={`s${place}`} />
      </p>
    </article>
  )
}

const LIST = new Intl.ListFormat('en-GB')

/** So many of each, in words: `3 forecasts, 1 duplicate and 2 untestable remarks`. */
export const inWords = (counts: { forecasts?: number; duplicates: number; remarks: number }): string =>
  LIST.format(
    (
      [
        [counts.forecasts ?? 0, 'forecast'],
        [counts.duplicates, 'duplicate'],
        [counts.remarks, 'untestable remark'],
      ] as const
    ).flatMap(([n, noun]) => (n === 0 ? [] : [counted(n, noun)])),
  )
