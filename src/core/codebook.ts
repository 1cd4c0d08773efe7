import type { Codebook } from './coding.ts'

/** The codebook of the house: what holds where a newsroom has published none of its own. */
export const HOUSE_CODEBOOK: Codebook = {
  version: 'house-1',
  text: `Read the text from end to end before you mark anything. Read nothing else: no page about this source, no other text about the events, no search. Do not talk with the other coder until both codings are in.

Passage. Mark the shortest stretch that carries the whole claim, as it stands in the text: from the first word that is needed to the last. Two events in one sentence are two passages, which may overlap.

Kind. Number: the speaker gives a probability or a range of probabilities. Words: the speaker weighs the event with words such as likely, hardly, cannot be ruled out. Flat: the speaker says that it will or will not happen, without weighing it. Vague: it is about the future, but no event could show it right or wrong. No forecast: it looked like one and is none.

Reason. Only for vague and for no forecast: it tells a present state, a motive, a question asked for effect, a wish or a demand, no event, no deadline that could be set, or a band too wide to be scored.

Event. What would happen, as one positive sentence that a stranger could decide: who, what, where. "There will be no war" is the event "A new war begins", with a low band.

Deadline. The last day on which it can still happen. Where the speaker names none, twelve months after the day of the text.

Words and band. The words of probability as said, and the lowest and the highest probability that an ordinary reader would take them for, of the event as you worded it. Not what you think of the event.

Your own probability. How likely you think the event is, at this moment, without looking anything up. It is kept apart from the reading and is never a score of anybody: it serves to see whether readings lean towards what coders believe.`,
}
