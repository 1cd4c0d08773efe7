import { type Band, bandOf, type Probability } from '../core/probability.ts'
import type { ReadingContext } from './own-lexicon.ts'
import { readWords } from './wording.ts'

/** What is known of a question while it is being written. Days are `2025-04-08`. */
export type QuestionDraft = {
  readonly title: string
  readonly criteria: string
  readonly fine_print?: string | undefined
  readonly resolution_sources?: readonly string[] | undefined
  readonly opens?: string | undefined
  readonly deadline?: { readonly date: string; readonly because?: string | undefined } | undefined
  /** When the statement was made; the latest day counts. */
  readonly said_on?: { readonly from: string; readonly to: string } | undefined
  /** Since when the outcome can be known, if evidence of it is at hand. */
  readonly known_on?: string | undefined
}

export type CheckItem = {
  readonly item: 'event' | 'threshold' | 'source' | 'deadline' | 'ambiguity'
  readonly state: 'met' | 'weak' | 'missing'
  readonly says: string
}
export type CheckWarning = {
  readonly code:
    | 'already_decided'
    | 'window_before_statement'
    | 'deadline_before_statement'
    | 'deadline_before_opening'
    | 'negative_event'
    | 'vague_words'
    | 'state_that_holds'
    | 'several_events'
    | 'nested_out_of_order'
  readonly says: string
}
export type Checklist = { readonly items: readonly CheckItem[]; readonly warnings: readonly CheckWarning[] }

/** An event with the probabilities it was given. */
export type Rung = { readonly title: string; readonly band: Band }

const NUMBER =
  /\p{N}|\b(?:at least|at most|more than|fewer than|less than|any|no|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|majority|half|declared|signed|adopted|elected|begins?|enters? into force)\b/iu
const SOURCE =
  /https?:|\b(?:according to|as reported by|reported by|published by|announced by|stated by|data (?:of|from)|figures (?:of|from)|official|statistics|register|gazette|census|reuters|afp|associated press|ministry|commission|court|bureau)\b/i
const AMBIGUITY =
  /\b(?:counts?|does not count|do not count|means?|is understood as|defined as|includes?|including|excludes?|excluding|except|otherwise|ambiguous|annulled|in case of|if .{1,80} (?:disagree|unclear))\b/i
const VAGUE =
  /\b(?:significant(?:ly)?|serious(?:ly)?|major|substantial(?:ly)?|considerable|considerably|escalat\p{L}*|deteriorat\p{L}*|improv\p{L}*|worsen\p{L}*|crisis|tensions?|pressure|instability|collapse|strong(?:er)?|weak(?:er)?|soon|large-scale|meaningful|normali[sz]\p{L}*|succeed|success|fail(?:ure)?)\b/giu
const NEGATIVE =
  /\b(?:not|no|never|nobody|none|neither|nothing|without|fails? to|won't|cannot|isn't|doesn't|don't)\b|n't\b/i
const STATE = /\b(?:continues?|remains?|stays?|keeps?|persists?|still|goes on|holds?)\b/i

/**
 * The clairvoyance test as a checklist: could somebody who knows the future decide the question without asking back?
 * Looks for event, threshold, source, deadline and what counts as ambiguous; warns of what would spoil the score.
 * A help for the editor: it judges words, not sense, and blocks nothing.
 */
export function checkQuestion(draft: QuestionDraft): Checklist {
  const title = draft.title.trim()
  const criteria = draft.criteria.trim()
  const fine = draft.fine_print?.trim() ?? ''
  const sources = (draft.resolution_sources ?? []).filter((source) => source.trim() !== '')
  const words = title.split(/\s+/).filter((word) => word !== '').length
  const vague = [...new Set((`${title} `.match(VAGUE) ?? []).map((word) => word.toLowerCase()))]
  const measured = NUMBER.test(criteria)
  const because = draft.deadline?.because
  const items: CheckItem[] = [
    words >= 3
      ? { item: 'event', state: 'met', says: 'The title names an event.' }
      : { item: 'event', state: words === 0 ? 'missing' : 'weak', says: 'Say who does what, as one event.' },
    criteria === ''
      ? { item: 'threshold', state: 'missing', says: 'Say from what point on the event has happened.' }
      : measured
        ? { item: 'threshold', state: 'met', says: 'The criteria name a threshold.' }
        : { item: 'threshold', state: 'weak', says: 'No number or countable act stands in the criteria.' },
    sources.length > 0
      ? { item: 'source', state: 'met', says: 'A source decides.' }
      : SOURCE.test(`${criteria} ${fine}`)
        ? { item: 'source', state: 'met', says: 'The criteria name who decides.' }
        : { item: 'source', state: 'missing', says: 'Name the source that decides.' },
    draft.deadline
      ? {
          item: 'deadline',
          state: 'met',
          says: because ? `The deadline is ours: ${because}` : 'The deadline is the analyst’s own.',
        }
      : { item: 'deadline', state: 'missing', says: 'Set a deadline; the house rule is 12 months.' },
    AMBIGUITY.test(`${criteria} ${fine}`)
      ? { item: 'ambiguity', state: 'met', says: 'The criteria say what counts and what does not.' }
      : { item: 'ambiguity', state: 'missing', says: 'Say what does not count, and when it is ambiguous.' },
  ]
  return { items, warnings: [...dateWarnings(draft), ...wordWarnings(title, vague, measured)] }
}

function dateWarnings({ opens, deadline, said_on, known_on }: QuestionDraft): CheckWarning[] {
  const warnings: CheckWarning[] = []
  const warn = (code: CheckWarning['code'], says: string): void => {
    warnings.push({ code, says })
  }
  if (said_on && known_on !== undefined && known_on <= said_on.to) {
    warn(
      'already_decided',
      `The outcome was known on ${known_on}, and the statement may be as late as ${said_on.to}: no foresight is left.`,
    )
  }
  if (said_on && deadline && deadline.date <= said_on.to) {
    warn(
      'deadline_before_statement',
      `The deadline ${deadline.date} is not after the statement, which may be as late as ${said_on.to}.`,
    )
  }
  if (said_on && opens !== undefined && opens < said_on.to) {
    warn(
      'window_before_statement',
      `The window opens on ${opens}, before the statement (${said_on.to}): what happened in between would count.`,
    )
  }
  if (opens !== undefined && deadline && deadline.date < opens) {
    warn('deadline_before_opening', `The deadline ${deadline.date} lies before the opening ${opens}.`)
  }
  return warnings
}

function wordWarnings(title: string, vague: readonly string[], measured: boolean): CheckWarning[] {
  const warnings: CheckWarning[] = []
  if (NEGATIVE.test(title)) {
    warnings.push({
      code: 'negative_event',
      says: 'Word the event positively and let the probability carry the "no".',
    })
  }
  if (vague.length > 0 && !measured) {
    warnings.push({
      code: 'vague_words',
      says: `Readers differ on ${vague.map((word) => `"${word}"`).join(', ')}: fix it by criteria, or by a ladder of rungs.`,
    })
  }
  if (STATE.test(title)) {
    warnings.push({
      code: 'state_that_holds',
      says: 'What goes on already is hard to get wrong: say what would count as its end, and mark it low information.',
    })
  }
  if (/\b(?:and|or)\b/i.test(title) && (title.match(/\b(?:and|or)\b/gi) ?? []).length > 1) {
    warnings.push({
      code: 'several_events',
      says: 'The title joins several events; make one question of each.',
    })
  }
  return warnings
}

/** The band of a probability as somebody wrote it, words read through the lexicon; null where it has none. */
export function bandRead(probability: unknown, context: ReadingContext = {}): Band | null {
  if (typeof probability === 'number') return bandOf(probability)
  if (typeof probability !== 'object' || probability === null) return null
  const isPhrase =
    'words' in probability &&
    !('categorical' in probability) &&
    !('leans' in probability) &&
    !('low' in probability)
  const band = isPhrase ? readWords(String(probability.words), context) : bandOf(probability as Probability)
  return band !== null && [band.low, band.mid, band.high].every(Number.isFinite) ? band : null
}

/**
 * One event within another, such as war within escalation: P(inner) ≤ P(outer). Warns when the middle of the inner
 * band lies above that of the outer, and says so more strongly when the bands do not even overlap.
 */
export function checkNested(inner: Rung, outer: Rung): CheckWarning | null {
  if (inner.band.mid <= outer.band.mid) return null
  const percent = (p: number): string => `${Math.round(p * 1000) / 10} %`
  const apart = inner.band.low > outer.band.high
  return {
    code: 'nested_out_of_order',
    says:
      `"${inner.title}" cannot happen without "${outer.title}", but is read as likelier: ` +
      `${percent(inner.band.mid)} against ${percent(outer.band.mid)}. ` +
      (apart
        ? 'No reading of the words makes both true.'
        : 'The bands overlap: the words may only be read too exactly.'),
  }
}
