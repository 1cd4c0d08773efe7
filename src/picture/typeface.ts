/** How wide each letter of a font is, in ems; what is not in it the font does not have. */
export type Typeface = ReadonlyMap<number, number>

/** Reads which letters a font has and how wide they are: its tables `cmap` (format 4 or 12), `hmtx`, `hhea`, `head`. */
export function typefaceOf(font: Uint8Array): Typeface {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const at = new Map<string, number>()
  for (let i = 0; i < view.getUint16(4); i++) {
    const entry = 12 + 16 * i
    at.set(String.fromCharCode(...font.subarray(entry, entry + 4)), view.getUint32(entry + 8))
  }
  const table = (tag: string): number => {
    const offset = at.get(tag)
    if (offset === undefined) throw new Error(`a font without ${tag}`)
    return offset
  }
  const [unitsAnEm, metrics] = [view.getUint16(table('head') + 18), view.getUint16(table('hhea') + 34)]
  const hmtx = table('hmtx')
  const width = (glyph: number) => view.getUint16(hmtx + 4 * Math.min(glyph, metrics - 1)) / unitsAnEm
  const face = new Map<number, number>()
  for (const [letter, glyph] of glyphsOf(view, table('cmap'))) if (glyph !== 0) face.set(letter, width(glyph))
  return face
}

function* glyphsOf(view: DataView, cmap: number): Generator<[letter: number, glyph: number]> {
  const tables = Array.from(
    { length: view.getUint16(cmap + 2) },
    (_, i) => cmap + view.getUint32(cmap + 8 + 8 * i),
  )
  for (const table of tables) {
    const format = view.getUint16(table)
    if (format === 12) yield* groups(view, table)
    else if (format === 4) yield* segments(view, table)
  }
}

function* groups(view: DataView, table: number): Generator<[number, number]> {
  for (let i = 0; i < view.getUint32(table + 12); i++) {
    const group = table + 16 + 12 * i
    const [first, last, glyph] = [view.getUint32(group), view.getUint32(group + 4), view.getUint32(group + 8)]
    for (let letter = first; letter <= last; letter++) yield [letter, glyph + letter - first]
  }
}

function* segments(view: DataView, table: number): Generator<[number, number]> {
  const size = view.getUint16(table + 6)
  for (let i = 0; i < size; i += 2) {
    const ends = table + 14 + i
    const [last, first] = [view.getUint16(ends), view.getUint16(ends + size + 2)]
    const delta = view.getUint16(ends + 2 * size + 2)
    const from = ends + 3 * size + 2
    const offset = view.getUint16(from)
    for (let letter = first; letter <= last && letter !== 0xffff; letter++) {
      const glyph = offset === 0 ? letter : view.getUint16(from + offset + 2 * (letter - first))
      yield [letter, glyph === 0 ? 0 : (glyph + delta) & 0xffff]
    }
  }
}
