import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { FONT_FILES } from './fonts.ts'
import { typefaceOf } from './typeface.ts'
import { type Typesetter, typesetter } from './typesetter.ts'
import { fontOf } from './woff.ts'

/** What draws pictures: letters to measure with, and an SVG made into a PNG. */
export type Renderer = { type: Typesetter; png: (svg: string) => Uint8Array }

/** resvg with the fonts that ship with us, and no others: a picture is the same on every machine. */
export async function renderer(
  wasm: Uint8Array | WebAssembly.Module,
  files: readonly Uint8Array[],
): Promise<Renderer> {
  await initWasm(wasm as Uint8Array<ArrayBuffer> | WebAssembly.Module)
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
