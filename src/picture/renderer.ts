import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { FONT_FILES } from './fonts.ts'
import { typefaceOf } from './typeface.ts'
import { type Typesetter, typesetter } from './typesetter.ts'
import { fontOf } from './woff.ts'

/** What draws pictures: letters to measure with, and an SVG made into a PNG. */
export type Renderer = { type: Typesetter; png: (svg: string) => Uint8Array }

let isStarted = false

/** Fonts that were packed into one file, each after its length. */
export function unpacked(bytes: ArrayBuffer): Uint8Array[] {
  const view = new DataView(bytes)
  const files: Uint8Array[] = []
  for (let at = 0; at < bytes.byteLength; ) {
    const length = view.getUint32(at)
    files.push(new Uint8Array(bytes, at + 4, length))
    at += 4 + length
  }
  return files
}

/** resvg with the fonts that ship with us, and no others: a picture is the same on every machine. */
export async function renderer(
  wasm: Uint8Array | WebAssembly.Module,
  files: readonly Uint8Array[],
): Promise<Renderer> {
  // It can be started once; on Workers two requests may come to it at the same time.
  await initWasm(wasm as Uint8Array<ArrayBuffer> | WebAssembly.Module).catch((error: unknown) => {
    if (!isStarted) throw error
  })
  isStarted = true
  const fonts = await Promise.all(
    FONT_FILES.map(async ({ style, family }, i) => {
      const font = await fontOf(files[i] as Uint8Array, family)
      return { style, family, font, face: typefaceOf(font) }
    }),
  )
  const font = { fontBuffers: fonts.map((one) => one.font), defaultFontFamily: 'latin' }
  return {
    type: typesetter(fonts),
    png: (svg) => {
      const drawing = new Resvg(svg, { font })
      const image = drawing.render()
      const png = image.asPng()
      // What WebAssembly holds nobody else lets go of.
      image.free()
      drawing.free()
      return png
    },
  }
}
