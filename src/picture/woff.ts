type Table = { tag: string; data: Uint8Array }

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

async function inflated(data: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([data as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** The tables of a WOFF 1 file, whose directory begins at byte 44 with 20 bytes a table. */
function tablesOf(woff: Uint8Array): Promise<Table[]> {
  const view = viewOf(woff)
  return Promise.all(
    Array.from({ length: view.getUint16(12) }, async (_, i) => {
      const at = 44 + 20 * i
      const [offset, length, whole] = [
        view.getUint32(at + 4),
        view.getUint32(at + 8),
        view.getUint32(at + 12),
      ]
      const data = woff.subarray(offset, offset + length)
      return {
        tag: String.fromCharCode(...woff.subarray(at, at + 4)),
        data: length < whole ? await inflated(data) : data,
      }
    }),
  )
}

/** A `name` table that says nothing but the family, as its name (1) and for PostScript (6). */
function nameTable(family: string): Uint8Array {
  const table = new Uint8Array(30 + 2 * family.length)
  const view = viewOf(table)
  view.setUint16(2, 2)
  view.setUint16(4, 30)
  for (const [i, id] of [1, 6].entries())
    for (const [j, word] of [3, 1, 0x409, id, 2 * family.length, 0].entries())
      view.setUint16(6 + 12 * i + 2 * j, word)
  for (let i = 0; i < family.length; i++) view.setUint16(30 + 2 * i, family.charCodeAt(i))
  return table
}

/**
 * A font of the web (WOFF 1) as one that a renderer reads, under another family: files of one face by scripts all have
 * the same, and of those a renderer takes only the first.
 */
export async function fontOf(woff: Uint8Array, family: string): Promise<Uint8Array> {
  const tables = (await tablesOf(woff)).map((table) =>
    table.tag === 'name' ? { ...table, data: nameTable(family) } : table,
  )
  const padded = (length: number) => Math.ceil(length / 4) * 4
  const head = 12 + 16 * tables.length
  const font = new Uint8Array(tables.reduce((sum, { data }) => sum + padded(data.length), head))
  const view = viewOf(font)
  view.setUint32(0, viewOf(woff).getUint32(4))
  view.setUint16(4, tables.length)
  let offset = head
  for (const [i, { tag, data }] of tables.entries()) {
    const at = 12 + 16 * i
    for (let j = 0; j < 4; j++) view.setUint8(at + j, tag.charCodeAt(j))
    view.setUint32(at + 8, offset)
    view.setUint32(at + 12, data.length)
    font.set(data, offset)
    offset += padded(data.length)
  }
  return font
}
