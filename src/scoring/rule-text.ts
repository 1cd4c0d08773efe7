import type { NothingChanges } from './robot.ts'

/** How often saying that nothing changes would have been right about somebody's claims, each a sentence. */
export function nothingChangesText(found: NothingChanges | null): string[] {
  const told = (right: NothingChanges['in_advance'] | undefined, recorded: string): string[] => {
    if (right === undefined || right.n === 0) return []
    const { n, came_true } = right
    const about =
      n === 1
        ? `${came_true === 1 ? 'right' : 'wrong'} about the one claim`
        : `right about ${came_true} of the ${n} claims`
    return [`“Nothing changes” would have been ${about} for which it was recorded${recorded}.`]
  }
  return [
    ...told(found?.in_advance, ' in advance'),
    ...told(found?.with_hindsight, ', though only with hindsight'),
  ]
}
