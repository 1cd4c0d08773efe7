/** Keys of objects and places in lists, from the outside in. */
export type JsonPath = readonly (string | number)[]
export type JsonPlace = { offset: number; length: number }

const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/gu

type Frame = { isList: boolean; at: number; key: string; hasKey: boolean; path: string }

/** A path as one text: keys as JSON, so that no two are one. */
const under = (path: string, at: string | number): string => `${path}/${JSON.stringify(at)}`

/**
 * Where the values of a JSON text stand, each by its path: of one that is not there the place of what should hold it.
 * One pass over the text, in which only objects, lists and what stands directly in an object are kept.
 */
export function jsonPlaces(text: string): (path: JsonPath) => JsonPlace {
  const places = new Map<string, JsonPlace>()
  const frames: Frame[] = []
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const frame = frames.at(-1)
    if (token === ']' || token === '}') frames.pop()
    else if (token === ',') {
      if (frame !== undefined) Object.assign(frame, { at: frame.at + 1, hasKey: false })
    } else if (token === ':') {
      if (frame !== undefined) frame.hasKey = true
    } else if (frame !== undefined && !frame.isList && !frame.hasKey) frame.key = JSON.parse(token)
    else {
      const path = frame === undefined ? '' : under(frame.path, frame.isList ? frame.at : frame.key)
      const isOpening = token === '{' || token === '['
      if (isOpening || frame?.isList === false) places.set(path, { offset: index, length: token.length })
      if (isOpening) frames.push({ isList: token === '[', at: 0, key: '', hasKey: false, path })
    }
  }
  return (path) => {
    let found: JsonPlace = places.get('') ?? { offset: 0, length: 1 }
    let at = ''
    for (const step of path) {
      at = under(at, step)
      const place = places.get(at)
      if (place === undefined) break
      found = place
    }
    return found
  }
}
