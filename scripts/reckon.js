#!/usr/bin/env node
// The `reckon` command: builds dist/ when the sources are newer (always right after a clone), then runs it.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const main = join(root, 'dist', 'main.js')

const changed = (path) => statSync(path).mtimeMs

function isStale() {
  if (!existsSync(main)) return true
  if (!existsSync(join(root, 'src'))) return false
  const built = changed(main)
  const files = readdirSync(join(root, 'src'), { recursive: true }).map((name) => join(root, 'src', name))
  return [...files, join(root, 'package.json'), join(root, 'scripts', 'build.js')].some(
    (path) => changed(path) > built,
  )
}

/** What is missing, and where it comes from. */
const whyNot = ({ code, path, message }) =>
  code === 'ENOENT' && path !== undefined
    ? `there is no ${path.replace(`${root}${sep}`, '')}. It belongs to the sources: \`git checkout ${path.replace(`${root}${sep}`, '')}\` brings it back.`
    : message

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`reckon needs Node 20 or newer; this is ${process.version}.`)
  process.exit(2)
}
if (isStale()) {
  const { buildNode } = await import('./build.js').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    console.error(
      'reckon: the program is not built. Run `npm ci` (with development dependencies), then try again.',
    )
    process.exit(2)
  })
  await buildNode().catch((error) => {
    // What is wrong in a source was said by the bundler; nobody said anything of the rest.
    if (!Array.isArray(error.errors)) console.error(`reckon: the program cannot be built: ${whyNot(error)}`)
    process.exit(1)
  })
}
await import(new URL('../dist/main.js', import.meta.url).href)
