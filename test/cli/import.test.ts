import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../support/process.ts'
import { example, workplace } from './workplace.ts'

const broken = join(root, 'test', 'fixtures', 'broken')

describe('reckon check', () => {
  it('passes the worked example, strictly', async () => {
    const { run, json } = workplace()
    expect(await run('check', example, '--strict')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('3 files checked, nothing to mend'),
    })
    expect((await json('check', example)).value).toEqual({ files: 3, findings: [], quotes_checked: null })
  })

  it('names place, excerpt and remedy of what is wrong, and exits with 1', async () => {
    const { run, json } = workplace()
    const files = [join(broken, 'analysts.yaml'), join(broken, 'unknown_zone', '2024', 'talk.yaml')]
    const text = await run('check', ...files)
    expect(text).toMatchObject({ code: 1, stderr: '' })
    expect(text.stdout).toMatch(
      /talk\.yaml:\d+:\d+: error\[unknown_zone\]: .+\n[\s\S]*\^[\s\S]*1 problem in 2 files\.\n$/u,
    )
    expect(await json('check', ...files)).toMatchObject({
      code: 1,
      value: { findings: [{ code: 'unknown_zone', line: expect.any(Number), column: expect.any(Number) }] },
    })
  })

  it('lets warnings pass unless it is strict', async () => {
    const { run } = workplace()
    const files = [join(broken, 'analysts.yaml'), join(broken, 'vague_words', '2024', 'talk.yaml')]
    expect(await run('check', ...files)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 warning'),
    })
    expect(await run('check', ...files, '--strict')).toMatchObject({ code: 1 })
  })

  it('checks every quote of the source to which a text belongs', async () => {
    const { run, cwd, at } = workplace()
    const talk = join(broken, 'quote_not_found', '2024', 'talk.yaml')
    const files = [join(broken, 'analysts.yaml'), talk]
    const text = join(broken, 'talk.txt')
    expect(await run('check', ...files, '--interview', text)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('error[quote_not_found]'),
    })
    expect(await workplace({ RECKONING_INTERVIEW: text }).run('check', ...files)).toMatchObject({ code: 1 })
    writeFileSync(join(cwd, 'other.txt'), 'Nothing of the kind.')
    expect(await run('check', example, talk, '--interview', at('other.txt'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('None of the quotes'),
    })
    expect(await run('check', example, '--interview', at('gone.txt'))).toMatchObject({ code: 2 })
    expect(await run('check', at('gone'))).toMatchObject({ code: 2 })
  })
})

describe('a file of another kind', () => {
  it.each([
    ['talk.json', 'JSON'],
    ['talk.jsonl', 'JSON'],
    ['talk.markdown', 'a text'],
    ['talk.TXT', 'a text'],
    ['talk.docx', 'a text'],
    ['talk.pdf', 'a text'],
    ['talk.html', 'a text'],
    ['talk.xlsx', 'a spreadsheet'],
    ['talk.xls', 'a spreadsheet'],
    ['talk.ods', 'a spreadsheet'],
    ['talk.vtt', 'a transcript'],
    ['ledger.db', 'a database'],
    ['talk.tar', 'of a kind that is not read'],
  ])('says so by its kind, and what is read: %s is %s', async (name, kind) => {
    const { run, cwd, at } = workplace()
    writeFileSync(join(cwd, name), '{"source": {}}')
    for (const words of [
      ['check', at(name)],
      ['import', at(name)],
      ['import', at(name), '--analyst', 'Ann'],
    ]) {
      const { code, stderr } = await run(...words)
      expect(code).toBe(2)
      expect(stderr).toContain(`is ${kind}`)
      expect(stderr).toContain('.yaml')
      expect(stderr).not.toMatch(/--analyst (?:is|NAME)/u)
    }
  })

  it('with cells between tabs is a table, checked by its import', async () => {
    const { run, json, cwd, at } = workplace()
    const rows = [
      'title\tprobability\toutcome\tdate',
      'Rain, and snow\t0.3\t0\t2026-04-10',
      'Hail\t0.6\t1\t2026-04-11',
    ]
    writeFileSync(join(cwd, 'days.tsv'), rows.join('\n'))
    const table = ['import', at('days.tsv'), '--analyst', 'Ann Roe', '--url', 'https://example.com/days']
    expect((await json(...table)).value).toMatchObject({ recorded: { forecast: 2, analyst: 1 } })
    expect(await run('check', at('days.tsv'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('`reckon import` reads it'),
    })
    writeFileSync(join(cwd, 'wrong.tsv'), rows.join('\n').replaceAll('\t', ';').replaceAll(', and', ''))
    const wrong = await run('import', at('wrong.tsv'), ...table.slice(2))
    expect(wrong.stdout).toContain('the cells are not separated by tabs')
  })
})

describe('a name that is like that of somebody recorded', () => {
  const person = (id: string, name: string, more = '') => `  - {id: ${id}, name: "${name}"${more}}\n`
  const analysts = (...lines: string[]) => `analysts:\n${lines.join('')}`

  it('is a warning between two of a folder, and a refusal of a new one, until it is said that they are two', async () => {
    const { run, cwd, at } = workplace()
    const file = at('analysts.yaml')
    const write = (...lines: string[]) => writeFileSync(join(cwd, 'analysts.yaml'), analysts(...lines))
    write(person('kalachev', 'Konstantin Kalachev'))
    expect(await run('import', file)).toMatchObject({ code: 0 })
    write(person('other', 'Калачёв К.'))
    expect(await run('import', file)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        /analyst other: refused\[similar\]: .*may be Konstantin Kalachev \(kalachev\)/u,
      ),
    })
    write(person('other', 'Калачёв К.', ', distinct_from: [kalachev]'))
    expect(await run('import', file)).toMatchObject({ code: 0 })
    write(person('kalachev', 'Konstantin Kalachev'), person('third', 'Kalačëv, Konstantin'))
    expect(await run('check', file)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        'warning[similar_name]: "Kalačëv, Konstantin" may be the analyst "kalachev"',
      ),
    })
    expect(await run('check', file, '--strict')).toMatchObject({ code: 1 })
    write(
      person('kalachev', 'Konstantin Kalachev'),
      person('third', 'Kalačëv, Konstantin', ', distinct_from: [kalachev]'),
    )
    expect(await run('check', file, '--strict')).toMatchObject({ code: 0 })
  })

  it('is offered to who asks for a record, and asked of who imports a table', async () => {
    const { run, cwd, at } = workplace()
    writeFileSync(join(cwd, 'analysts.yaml'), analysts(person('kalachev', 'Konstantin Kalachev')))
    await run('import', at('analysts.yaml'))
    expect(await run('track-record', 'Калачёв К.')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Did you mean Konstantin Kalachev (kalachev)?'),
    })
    const table = (...words: string[]) => {
      const name = `${words.length}.csv`
      writeFileSync(join(cwd, name), `title,probability,outcome,date\nRain ${name},0.3,0,2026-04-10\n`)
      return run('import', at(name), '--url', `https://example.com/${name}`, ...words)
    }
    expect(await table('--analyst', 'K. Kalachev')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('refused[similar]'),
    })
    expect(await table('--analyst', 'K. Kalachev', '--distinct-from', 'kalachev')).toMatchObject({ code: 0 })
    expect(await table('--analyst', '王小明')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--analyst-id'),
    })
    expect(
      await table('--analyst', '王小明', '--analyst-id', 'wang-xiaoming', '--zone', 'UTC'),
    ).toMatchObject({ code: 0 })
  })
})

describe('reckon import and export', () => {
  it('imports once, writes the same files back, and changes nothing by importing those', async () => {
    const { run, json, cwd, at } = workplace()
    expect(await run('import', example)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^Recorded 1 analyst, 1 source, 16 statements, .*\. \d+ entries written\.\n$/u,
      ),
    })
    expect((await json('import', example)).value).toMatchObject({ entries: 0, recorded: {}, refused: [] })
    expect((await json('export', at('out'))).value).toMatchObject({ written: 3, unchanged: 0 })
    expect((await json('export', at('out'))).value).toMatchObject({ written: 0, unchanged: 3 })
    expect((await json('import', at('out'))).value).toMatchObject({ entries: 0, refused: [] })
    expect(existsSync(join(cwd, 'out', '2024', '2024-04-alphanews-kalachev.yaml'))).toBe(true)
    const other = workplace()
    await other.run('import', join(cwd, 'out'))
    await other.run('export', other.at('again'))
    for (const name of ['analysts.yaml', 'questions.yaml', '2024/2024-04-alphanews-kalachev.yaml'])
      expect(readFileSync(join(other.cwd, 'again', name), 'utf8')).toBe(
        readFileSync(join(cwd, 'out', name), 'utf8'),
      )
    expect(await run('verify')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('5 outcomes confirmed by the same person'),
    })
  })

  it('writes nothing of files that are half good', async () => {
    const { run, json, cwd, at } = workplace()
    await run('migrate')
    const before = (await json('verify')).value.entries
    mkdirSync(join(cwd, 'in', '2024'), { recursive: true })
    copyFileSync(join(example, 'analysts.yaml'), join(cwd, 'in', 'analysts.yaml'))
    writeFileSync(join(cwd, 'in', '2024', 'bad.yaml'), 'source: {id: bad}\n')
    expect(await run('import', at('in'))).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('nothing was imported'),
    })
    expect((await json('verify')).value.entries).toBe(before)
  })

  it('refuses what differs from the ledger, and says which record', async () => {
    const { run, json, cwd, at } = workplace()
    await run('import', example)
    await run('export', at('out'))
    const path = join(cwd, 'out', 'analysts.yaml')
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('name: Konstantin Kalachev', 'name: Konstantin Kalachov'),
    )
    expect(await run('import', at('out'))).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/analyst konstantin-kalachev: refused\[frozen\]/u),
    })
    expect((await json('import', at('out'))).value.refused).toMatchObject([
      { noun: 'analyst', id: 'konstantin-kalachev', code: 'frozen' },
    ])
  })
})
