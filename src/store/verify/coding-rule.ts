import { HOUSE_CODEBOOK } from '../../core/codebook.ts'
import { originOf, type Passage } from '../../core/coding.ts'
import { adjudicatorProblem } from '../../core/coding-round.ts'
import type { Event } from '../../core/entry.ts'
import { commitmentTo } from '../../log/commitment.ts'

type Held = {
  commitments: Map<string, string>
  shown: Map<string, readonly Passage[]>
  /** No words were taken out of either. */
  whole: boolean
  ended: boolean
}

/** The rules of coding by two: what is shown is what was submitted, two coded, and a third decided where there was one. */
export function codingCheck(
  refuse: (seq: number, code: string, message: string) => void,
  recorders: () => number,
): (event: Event, whole: boolean) => void {
  const codebooks = new Set([HOUSE_CODEBOOK.version])
  const rounds = new Map<string, Held>()

  function inRound(seq: number, id: string): Held | null {
    const held = rounds.get(id)
    if (held !== undefined && !held.ended) return held
    refuse(seq, 'coding', 'It is about a round of coding that is not there, or has ended.')
    return null
  }

  function submitted({ seq, by, payload }: Event<'coding.submitted'>): void {
    const held = inRound(seq, payload.round)
    if (held === null) return
    if (held.commitments.size >= 2 || held.commitments.has(by))
      refuse(seq, 'coding', 'A third coding was submitted, or a second one by the same member.')
    held.commitments.set(by, payload.commitment)
  }

  function shown(
    { seq, payload: { round, coder, nonce, coding } }: Event<'coding.revealed'>,
    whole: boolean,
  ): void {
    const held = inRound(seq, round)
    if (held === null) return
    if (held.commitments.size < 2) refuse(seq, 'coding', 'A coding was shown before both were in.')
    if (whole && held.commitments.get(coder) !== commitmentTo(nonce, coding))
      refuse(seq, 'coding', 'What was shown is not what its coder had submitted.')
    held.shown.set(coder, coding.passages)
    held.whole &&= whole
  }

  return (event, whole) => {
    switch (event.type) {
      case 'codebook.published':
        codebooks.add(event.payload.version)
        break
      case 'coding.opened':
        if (!codebooks.has(event.payload.codebook))
          refuse(event.seq, 'coding', 'It names a codebook that nobody had published.')
        rounds.set(event.payload.id, { commitments: new Map(), shown: new Map(), whole: true, ended: false })
        break
      case 'coding.submitted':
        submitted(event)
        break
      case 'coding.revealed':
        shown(event, whole)
        break
      case 'coding.adjudicated': {
        const held = inRound(event.seq, event.payload.round)
        if (held === null) break
        if (held.shown.size < 2)
          refuse(event.seq, 'coding', 'A joint reading was recorded before both were in.')
        const problem = adjudicatorProblem([...held.shown.keys()], event.by, recorders())
        if (problem !== null)
          refuse(event.seq, 'coding', 'One of the coders decided, though a third could have.')
        const inOrder = [...held.commitments].sort(([, a], [, b]) => (a < b ? -1 : 1))
        const codings = inOrder.map(([coder]) => held.shown.get(coder) ?? [])
        for (const passage of event.payload.passages)
          if (
            whole &&
            held.whole &&
            passage.origin !== undefined &&
            passage.origin !== originOf(passage, codings)
          )
            refuse(event.seq, 'coding', 'A joint reading is said to be of somebody who did not read so.')
        held.ended = true
        break
      }
      case 'coding.closed': {
        const held = inRound(event.seq, event.payload.round)
        if (held !== null && held.shown.size > 0)
          refuse(event.seq, 'coding', 'A round was closed after both were in.')
        if (held !== null) held.ended = true
        break
      }
    }
  }
}
