import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'vitest'
import { readFolder } from '/work/main/src/interchange/predictions-file.ts'
import { formatFinding } from '/work/main/src/interchange/finding.ts'
import { recordsOf, folderOf } from '/work/main/src/core/folder.ts'
test('x', () => {
  const files = (readdirSync('predictions', { recursive: true }) as string[]).filter(f => f.endsWith('.yaml')).map(path => ({ path, bytes: readFileSync(`predictions/${path}`) }))
  const text = readFileSync('/work/shared/data/interview-kalachev.txt', 'utf8')
  const r = readFolder(files, { today: '2026-11-23', texts: new Map([['2024-04-alphanews-kalachev', text]]) })
  for (const f of r.findings) console.log(formatFinding(f))
  console.log(r.folder && recordsOf(r.folder).statements.length)
})
import { formatFolder } from '/work/main/src/interchange/predictions-text.ts'
import { writeFileSync, mkdirSync } from 'node:fs'
import { expect } from 'vitest'
test('fmt', () => {
  const files = (readdirSync('predictions', { recursive: true }) as string[]).filter(f => f.endsWith('.yaml')).map(path => ({ path, bytes: readFileSync(`predictions/${path}`) }))
  const r = readFolder(files)
  const rec = recordsOf(r.folder!)
  const f2 = folderOf(rec)
  expect(recordsOf(f2)).toEqual(rec)
  const t = formatFolder(f2)
  mkdirSync('/tmp/fmt/2024', { recursive: true })
  for (const { path, text } of t) writeFileSync(`/tmp/fmt/${path}`, text)
  const r2 = readFolder(t.map(({ path, text }) => ({ path, bytes: text })))
  expect(r2.findings).toEqual([])
  expect(r2.folder).toEqual(f2)
})
