import { likeness } from '../core/analyst.ts'
import type { CaptureDraft, Mark } from '../core/capture.ts'
import { slugCandidates } from '../core/slug.ts'
import { written } from './draft.ts'

/** Somebody whom a capture names and who is not recorded yet, with the id that will be made. */
export type Namesake = { readonly id: string; readonly name: string }

const nameOf = (speaker: Mark['analyst']): string =>
  written(typeof speaker === 'object' ? speaker.name : speaker).trim()

/** The names of the speakers as they are typed, each once. */
export const namesTyped = ({ analyst, marks }: Pick<CaptureDraft, 'analyst' | 'marks'>): string[] => [
  ...new Set([analyst, ...marks.map((mark) => mark.analyst)].map(nameOf).filter((name) => name !== '')),
]

/** By a name that nobody recorded answers to: the other such names of the capture that may be the same person's. */
export function namesakesOf(
  { analyst, marks }: Pick<CaptureDraft, 'analyst' | 'marks'>,
  isRecorded: (name: string) => boolean,
): Readonly<Record<string, readonly Namesake[]>> {
  const typed = [analyst, ...marks.map((mark) => mark.analyst)].flatMap((speaker): Namesake[] => {
    const name = nameOf(speaker)
    if (typeof speaker === 'string' || name === '' || isRecorded(name)) return []
    const given = typeof speaker === 'object' ? written(speaker.id).trim() : ''
    const [made = ''] = slugCandidates('analyst', name, '')
    return [{ id: given === '' ? made : given, name }]
  })
  const each = [...new Map(typed.map((one) => [one.name, one])).values()]
  return Object.fromEntries(
    each.map((one) => [one.name, each.filter((other) => likeness(one, other) === 'near')] as const),
  )
}
