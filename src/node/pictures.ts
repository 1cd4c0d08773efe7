import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Renderer } from '../picture/renderer.ts'

const { resolve } = createRequire(import.meta.url)
let made: Promise<Renderer> | null = null

/** What draws pictures, loaded when the first is wanted: the renderer and the fonts are those of node_modules. */
export function pictures(): Promise<Renderer> {
  made ??= (async () => {
    const [{ renderer }, { FONT_FILES }] = await Promise.all([
      import('../picture/renderer.ts'),
      import('../picture/fonts.ts'),
    ])
    const [wasm, ...fonts] = await Promise.all(
      ['@resvg/resvg-wasm/index_bg.wasm', ...FONT_FILES.map(({ file }) => file)].map((file) =>
        readFile(resolve(file)),
      ),
    )
    return renderer(wasm as Uint8Array, fonts)
  })()
  return made
}
