/** How long a beginning the engine searches for by itself; it compares no more than that at each place. */
const HEAD = 8

/** Every place of a part, also where they overlap: Knuth, Morris and Pratt, linear whatever repeats itself. */
export function occurrences(text: string, part: string): number[] {
  const places: number[] = []
  if (part === '') return places
  const head = part.slice(0, HEAD)
  const borders = bordersOf(part)
  for (let at = 0, held = 0; ; ) {
    if (held === part.length) {
      places.push(at - held)
      held = borders[held] ?? 0
    } else if (held === 0) {
      const next = text.indexOf(head, at)
      if (next === -1) return places
      held = head.length
      at = next + held
    } else if (at === text.length) return places
    else if (text.charCodeAt(at) === part.charCodeAt(held)) {
      at++
      held++
    } else held = borders[held] ?? 0
  }
}

/** Of each beginning of a part, the length of the longest one that also ends it. */
function bordersOf(part: string): Uint32Array {
  const borders = new Uint32Array(part.length + 1)
  for (let at = 1, held = 0; at < part.length; ) {
    if (part.charCodeAt(at) === part.charCodeAt(held)) borders[++at] = ++held
    else if (held > 0) held = borders[held] ?? 0
    else at++
  }
  return borders
}
