import * as z from 'zod'
import { LONGEST_QUOTE, untestableReasons } from './statement.ts'

/** What a model proposes for one passage. `start` and `end` are in the text as it was sent, where `exact` stands. */
export const SecondItem = z.strictObject({
  start: z.int().min(0),
  end: z.int().min(0),
  exact: z.string().max(LONGEST_QUOTE),
  kind: z.enum(['forecast', 'untestable']),
  reason: z.enum(untestableReasons).optional(),
  event: z.string().optional(),
  criteria: z.string().optional(),
  /** The words of the passage that say how likely, and what the model understands by them. */
  words: z.string().optional(),
  low: z.number().min(0).max(1).optional(),
  high: z.number().min(0).max(1).optional(),
  why: z.string().optional(),
})
export type SecondItem = z.infer<typeof SecondItem>

const Count = z.int().min(0)
/** Passages that were proposed and are not shown, by why. */
export const Dropped = z.strictObject({
  not_in_text: Count,
  malformed: Count,
  too_many: Count,
})
export type Dropped = z.infer<typeof Dropped>

/** What a model was asked and answered; `problem` says why it proposed nothing. */
export type SecondAnswer = { problem: string | null; items: SecondItem[]; dropped: Dropped }

/** The same as it is kept with its capture: the how-manieth of it, of which model, sent where, when. */
export type SecondReading = SecondAnswer & { n: number; model: string; sent_to: string; asked_at: string }

/** What a model is told of a text besides its words. */
export type Told = { text: string; published: string | undefined; language: string }

/** Where a model is asked: an endpoint that speaks as OpenAI's does. */
export type Endpoint = { url: string; key: string | undefined; model: string; timeoutMs?: number }

/** A language model that can be asked what a text forecasts. */
export type SecondReader = {
  model: string
  /** The host to which a text goes. */
  sent_to: string
  /** Never throws: what goes wrong is the answer's problem, without a word of what was sent or of the key. */
  read: (told: Told) => Promise<SecondAnswer>
}

/** What became of what a model proposed. */
export type SecondFates = { accepted: number; changed: number; rejected: number }

/** Beyond this a text is not sent. */
export const LONGEST_SENT = 60_000
