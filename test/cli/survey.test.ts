import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { workplace } from './workplace.ts'

const answers = (n: number) =>
  ['reader,вероятно,вряд ли', ...Array.from({ length: n }, (_, i) => `${i},${60 + i},${i}`)].join('\n')

test('a newsroom makes sheets, reads the answers of its readers, and the log holds them', async () => {
  const { run, json, at } = workplace()
  expect(await run('token', 'create', '--name', 'x', '--role', 'admin')).toMatchObject({ code: 0 })
  const made = await run('survey', 'new', at('ours'), '--language', 'ru', '--words', 'вероятно;вряд ли')
  expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('2 phrases in Russian')])
  expect(readFileSync(at('ours.csv'), 'utf8')).toBe('reader,вероятно,вряд ли\n')
  expect(readFileSync(at('ours.html'), 'utf8')).toContain('вряд ли')

  writeFileSync(at('ours.csv'), answers(21))
  const read = ['survey', 'read', at('ours.csv'), '--language', 'ru']
  const tried = await run(...read, '--dry-run')
  expect([tried.code, tried.stdout]).toEqual([0, expect.stringContaining('Nothing was recorded.')])
  expect((await json('survey', 'list')).value).toEqual([])
  const done = await run(...read, '--note', 'Our letter', '--measured-on', '2026-11-20')
  expect([done.code, done.stderr, done.stdout]).toEqual([
    0,
    '',
    expect.stringContaining('Recorded as own-2026-11'),
  ])
  expect((await json('survey', 'list')).value).toMatchObject([
    {
      language: 'ru',
      version: 'own-2026-11',
      readers: 21,
      note: 'Our letter',
      rows: [{ words: 'вероятно', mid: 0.7, n: 21 }, {}],
    },
  ])
  expect(await run('verify')).toMatchObject({ code: 0 })
  expect(await run('rebuild')).toMatchObject({ code: 0 })
  expect((await json('survey', 'list')).value).toHaveLength(1)
})

test('what is wrong with a survey is said, and nothing is written', async () => {
  const { run, at } = workplace()
  await run('token', 'create', '--name', 'x', '--role', 'admin')
  const fresh = (...args: string[]) => run('survey', 'new', at('s'), ...args)
  expect(await fresh('--language', 'Russian', '--words', 'a;b')).toMatchObject({ code: 2 })
  expect(await fresh('--language', 'ru', '--words', 'a;A')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('stands there twice'),
  })
  expect(await fresh('--language', 'ru', '--words', ' ; ')).toMatchObject({ code: 2 })
  expect(existsSync(at('s.html'))).toBe(false)
  writeFileSync(at('s.csv'), answers(19))
  expect(await fresh('--language', 'ru', '--words', 'a')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is there already'),
  })
  expect(existsSync(at('s.html'))).toBe(false)
  const read = (name: string, language = 'ru') => run('survey', 'read', at(name), '--language', language)
  expect(await read('s.csv')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('19 readers answered'),
  })
  expect(await read('nowhere.csv')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no file'),
  })
  writeFileSync(at('s.csv'), answers(22))
  expect(await read('s.csv', 'en')).toMatchObject({ code: 1, stderr: expect.stringContaining('English') })
  expect((await run('survey', 'list')).stdout).toContain('Nothing was measured here yet.')
})

test('reckon read names the language, and says where it is not read', async () => {
  const { run, json, at } = workplace()
  writeFileSync(at('hy.txt'), 'Նոր պատերազմ չի լինի։ Ճնշումը կշարունակվի։')
  writeFileSync(at('ru.txt'), 'Думаю, к лету цены вырастут.')
  expect(await run('read', at('hy.txt'))).toMatchObject({
    code: 0,
    stdout: 'This text is Armenian: passages are not suggested; mark them yourself.\n',
  })
  expect((await run('read', at('ru.txt'), '--published', '2026-11-01')).stdout).toContain('Read as Russian')
  expect((await json('read', at('ru.txt'), '--language', 'uk')).value).toMatchObject({
    language: { tag: 'uk', name: 'Ukrainian', read: false },
    items: [],
  })
  expect(await run('read', at('ru.txt'), '--language', 'русский')).toMatchObject({ code: 2 })
})
