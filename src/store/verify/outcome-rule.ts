import type { Event } from '../../core/entry.ts'
import { commitmentTo } from '../../log/commitment.ts'

/** The rules of deciding twice: two members, before any outcome was proposed, and what is shown is what was sealed. */
export function outcomeCheck(
  refuse: (seq: number, code: string, message: string) => void,
): (event: Event, whole: boolean) => void {
  const sealed = new Map<string, Map<string, string>>()
  const proposed = new Set<string>()

  return (event, whole) => {
    switch (event.type) {
      case 'resolution.proposed':
        proposed.add(event.payload.question)
        break
      case 'outcome.sealed': {
        const { question, commitment } = event.payload
        const held = sealed.get(question) ?? new Map<string, string>()
        if (held.size >= 2 || held.has(event.by))
          refuse(event.seq, 'outcome', 'A third outcome was sealed, or a second one by the same member.')
        if (proposed.has(question))
          refuse(event.seq, 'outcome', 'An outcome was sealed as blind after one had been proposed.')
        sealed.set(question, held.set(event.by, commitment))
        break
      }
      case 'outcome.revealed': {
        const { question, member, nonce, outcome } = event.payload
        const held = sealed.get(question)
        if ((held?.size ?? 0) < 2) refuse(event.seq, 'outcome', 'An outcome was shown before both were in.')
        if (whole && held?.get(member) !== commitmentTo(nonce, outcome))
          refuse(event.seq, 'outcome', 'What was shown is not what its member had sealed.')
        break
      }
    }
  }
}
