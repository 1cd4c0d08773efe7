import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { folder, reckon, root } from '../support/process.ts'

const at = (name: string) => join(root, 'test/fixtures/trackers/metaculus', name)
const QUESTIONS = readFileSync(at('question_data.csv'), 'utf8')
const FORECASTS = readFileSync(at('forecast_data.csv'), 'utf8')
const utf8 = new TextEncoder()
const zip = (forecasts = FORECASTS, questions = QUESTIONS) =>
  zipSync({
    'README.md': utf8.encode('How to read it.'),
    'question_data.csv': utf8.encode(questions),
    'forecast_data.csv': utf8.encode(forecasts),
    'score_data.csv': utf8.encode('Question ID,User ID,Score\n'),
  })
const TOLD = ['--url', 'https://metaculus.example/a-download', '--source', 'Invented harbour questions']
const RECORDED = 'Recorded 3 analysts, 1 source, 13 statements, 9 questions, 13 forecasts, 7 resolutions.'

describe('a download of Metaculus', () => {
  it('is imported from its two files, in any order, and changes nothing from its archive', async () => {
    const cwd = folder()
    for (const name of ['question_data.csv', 'forecast_data.csv']) copyFileSync(at(name), join(cwd, name))
    writeFileSync(join(cwd, 'download.zip'), zip())
    const first = await reckon(['import', 'forecast_data.csv', 'question_data.csv', ...TOLD], { cwd })
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toContain(RECORDED)
    expect(first.stdout).toContain('4 are aggregates (recency_weighted, geometric_mean)')
    const again = await reckon(['import', 'download.zip', ...TOLD], { cwd })
    expect(again.stdout).toContain(' 0 entries written.')
    expect(again.stdout).toContain('Not read: score_data.csv.')
    const { stdout } = await reckon(['track-record', 'ann_lark', '--json'], { cwd })
    expect(JSON.parse(stdout).counts).toMatchObject({ ambiguous: 1, annulled: 1 })
    expect(existsSync(join(cwd, 'score_data.csv'))).toBe(false)
  })

  it('takes in what was decided and said since, and the community where it is asked for', async () => {
    const cwd = folder()
    const before = QUESTIONS.replace(/,O'Hara & Sons,2025-08-02 08:00:00\+00:00/u, ',,')
    writeFileSync(join(cwd, 'a.zip'), zip(FORECASTS, before))
    expect((await reckon(['import', 'a.zip', ...TOLD], { cwd })).stdout).toContain('6 resolutions')
    writeFileSync(
      join(cwd, 'a.zip'),
      zip(`${FORECASTS}108,9,ben_moor,False,2026-02-01 09:00:00+00:00,,,0.4,,,,,,,,,,,\r\n`),
    )
    const grown = await reckon(['import', 'a.zip', ...TOLD], { cwd })
    expect(grown.stdout).toContain('Recorded 1 source, 1 statement, 1 forecast, 1 resolution')
    const crowd = await reckon(['import', 'a.zip', ...TOLD, '--where', 'Kind=aggregate'], { cwd })
    expect(crowd.stdout).toContain('Recorded 2 analysts, 4 statements, 4 forecasts')
  })

  it('says what is wrong in which of its files, and records nothing', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'a.zip'), zip(FORECASTS.replace(',0.35,', ',35,')))
    const { code, stdout } = await reckon(['import', 'a.zip', ...TOLD], { cwd })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^forecast_data\.csv:2:\d+: error\[table_value\]: Probability Yes is "35"/u)
    expect(stdout).toContain('nothing was imported')
  })

  it.each([
    ['one file of two', ['import', 'question_data.csv', ...TOLD], 1, 'forecast_data.csv is not there'],
    ['an archive without a table', ['import', 'empty.zip', ...TOLD], 2, 'unpack it'],
    ['an archive that is cut off', ['import', 'cut.zip', ...TOLD], 2, 'unpack it'],
    ['an archive of noughts', ['import', 'bomb.zip', ...TOLD], 2, 'holds more than 32 MiB'],
    ['predictions files in an archive', ['import', 'files.zip'], 2, 'name its folder'],
    ['no address', ['import', 'a.zip'], 2, 'needs --url'],
  ])('is refused as %s', async (_, words, expected, message) => {
    const cwd = folder()
    copyFileSync(at('question_data.csv'), join(cwd, 'question_data.csv'))
    writeFileSync(join(cwd, 'a.zip'), zip())
    writeFileSync(join(cwd, 'files.zip'), zipSync({ '2024/a.yaml': utf8.encode('source: {}') }))
    writeFileSync(join(cwd, 'empty.zip'), zipSync({ 'a.txt': utf8.encode('a') }))
    writeFileSync(join(cwd, 'cut.zip'), zip().subarray(0, 200))
    writeFileSync(join(cwd, 'bomb.zip'), zipSync({ 'a.csv': new Uint8Array(40 * 1024 * 1024) }))
    const { code, stdout, stderr } = await reckon(words, { cwd })
    expect([code, stdout + stderr]).toEqual([expected, expect.stringContaining(message)])
  })
})
