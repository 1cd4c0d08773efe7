/** `npm run bench [-- --json] [--only B7,B1] [--size 10000]`: builds the benchmarks and runs them. */
import { mkdirSync, rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const folder = 'dist/bench'
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
await build({
  entryPoints: ['scripts/bench/main.ts'],
  outdir: folder,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  define: { BUILD: '"bench"' },
  outExtension: { '.js': '.mjs' },
  logLevel: 'error',
})
await import(pathToFileURL(`${folder}/main.mjs`).href)
