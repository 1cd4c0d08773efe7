import type { SentenceId, Sentences } from '../../scoring/sentences.ts'
import { sentenceText } from './record-words.ts'

type SaidProps = { sentences: Sentences; ids: readonly SentenceId[]; class?: string }

/** Sentences of a record, each a paragraph, those of which the condition holds. */
export const Said = ({ sentences, ids, class: name }: SaidProps) => (
  <>
    {ids.flatMap((id) => {
      const sentence = sentences[id]
      return sentence === undefined ? [] : [<p class={name}>{sentenceText(sentence)}</p>]
    })}
  </>
)

/** Whether any of them holds. */
export const says = (sentences: Sentences, ids: readonly SentenceId[]): boolean =>
  ids.some((id) => sentences[id] !== undefined)
