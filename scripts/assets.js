import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** What the browser is given beside the pages, as one module, one that it loads when it is wanted, and one sheet: written into the server and the Worker. */
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
  const [script, check, style] = ['script.js', 'check.js', 'style.css'].map(
    (name) => outputFiles.find(({ path }) => path.endsWith(`/${name}`)).text,
  )
  return { script, check, style }
}
