import { inflateSync } from 'node:zlib'
import { pictures } from '../../src/node/pictures.ts'
import { FONT_FILES } from '../../src/picture/fonts.ts'
import { ORIGIN, type Site } from './site.ts'

type Pixels = { width: number; height: number; colours: number }

/** What a PNG holds: its size, and how many different colours are in it. 8 bits, RGBA. */
export function decoded(png: Uint8Array): Pixels {
  const bytes = Buffer.from(png)
  if (bytes.subarray(1, 4).toString() !== 'PNG') throw new Error('not a PNG')
  const [width, height, kind] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes.readUInt16BE(24)]
  if (kind !== 0x0806) throw new Error('not 8 bits of RGBA')
  const parts: Buffer[] = []
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    if (bytes.subarray(at + 4, at + 8).toString() === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  const raw = inflateSync(Buffer.concat(parts))
  const rows = new Set(
    Array.from({ length: height }, (_, y) =>
      raw.toString('latin1', y * (4 * width + 1), (y + 1) * (4 * width + 1)),
    ),
  )
  return { width, height, colours: rows.size }
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const read = (markup: string) =>
  markup
    .replaceAll(/<style>.*?<\/style>|<title>.*?<\/title>/gsu, '')
    .replaceAll('</text>', ' ')
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll(/&(lt|gt|amp|quot);/gu, (_, name: string) => ENTITIES[name] ?? '')
    .replaceAll(/[\s\u00a0]+/gu, ' ')

/** A picture of a site: its PNG, the words that are drawn in it, and the letters that no font of it has. */
export async function drawing({ host, send }: Pick<Site, 'host' | 'send'>, path: string) {
  const { type, png } = await pictures()
  let svg = ''
  host.pictures = async () => ({
    type,
    png: (markup) => {
      svg = markup
      return png(markup)
    },
  })
  const { status, headers } = await send(path)
  const image = svg === '' ? null : decoded(png(svg))
  const boxes = [...svg.matchAll(/<(?:tspan|text)[^>]*font-family="([^"]+)"[^>]*>([^<]*)</gu)].filter(
    ([, family, text = '']) => {
      const style = FONT_FILES.find((file) => file.family === family)?.style ?? 'sans'
      const runs = type.runs(read(text).replaceAll(' ', '\u00a0'), style)
      return runs === null || runs.some((run) => run.family !== family && run.text.trim() !== '')
    },
  )
  return {
    status,
    media: headers.get('content-type'),
    svg,
    drawn: read(svg),
    image,
    boxes: boxes.map(([, , text]) => text),
    at: ORIGIN + path,
  }
}
