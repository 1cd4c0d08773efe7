import { mkdirSync, rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** Bundles `scripts/<name>/main.ts` for Node and runs it, with the arguments of this process. */
export async function runBundled(name) {
  const folder = `dist/${name}`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await build({
    entryPoints: [`scripts/${name}/main.ts`],
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    define: { BUILD: JSON.stringify(name) },
    outExtension: { '.js': '.mjs' },
    sourcemap: true,
    logLevel: 'error',
  })
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(`${folder}/main.mjs`).href)
}
