import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12)
const ICON = new URL('../src/web/style/icon.ts', import.meta.url)

/** What the browser is given beside the pages, as `Assets` of src/http/host.ts: written into the server and the Worker. */
export async function clientAssets() {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    entryPoints: {
      script: 'src/web/client/main.ts',
      check: 'src/web/client/check.ts',
      style: 'src/web/style/style.css',
    },
    outdir: 'assets',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    write: false,
  })
  const texts = Object.fromEntries(
    ['script.js', 'check.js', 'style.css'].map((name) => [
      name,
      outputFiles.find(({ path }) => path.endsWith(`/${name}`)).text,
    ]),
  )
  const hashes = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, hashOf(text)]))
  return { hashes: { ...hashes, 'icon.svg': hashOf(readFileSync(ICON)) }, texts: async () => texts }
}
