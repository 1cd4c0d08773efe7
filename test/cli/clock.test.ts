import { describe, expect, it } from 'vitest'
import { commandOn } from '../support/command.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { log, theLog } from '../support/steps.ts'

/** Types a command at an instant. */
async function typed(test: Pick<TestLedger, 'url'>, now: string, ...words: string[]) {
  const environment = { RECKONING_DATABASE_URL: test.url, RECKONING_IMPORT: '' }
  const { code, stdout, stderr } = await commandOn(environment, () => new Date(now))(...words)
  return { code, text: stdout + stderr }
}

const RIGHT = '2026-11-23T10:00:00.000Z'
async function ahead() {
  const test = await testLedger()
  await log(test)
  test.at('2031-02-03T04:00:00.000Z')
  await log(test, { quote: 'again', source: { title: 'B', type: 'interview', published: '2026-11-20' } })
  return Object.assign(test, { size: (await theLog(test, 0)).length })
}

describe('reckon clock', () => {
  it('tells that nothing contradicts a clock, and of one that is behind', async () => {
    const test = await testLedger()
    const right = await typed(test, RIGHT, 'clock', 'status')
    expect([right.code, right.text]).toEqual([
      0,
      `The clock of this machine shows ${RIGHT}: nothing contradicts it.\n`,
    ])
    const behind = await typed(test, '2026-11-22T09:00:00.000Z', 'clock', 'status', '--json')
    expect(behind.code).toBe(1)
    expect(JSON.parse(behind.text)).toMatchObject({ doubt: { why: 'behind' }, ahead: { from: 0, to: 4 } })
  })

  it('says what it would put back, and does it when asked to', async () => {
    const test = await ahead()
    const words = ['clock', 'correct', '--because', 'It stood in 2031.']
    const asked = await typed(test, RIGHT, ...words)
    expect(asked.code).toBe(1)
    expect(asked.text).toMatch(/^Entries 10 to \d+ are stamped after the present .*\nNothing was written\./u)
    expect((await theLog(test, 0)).length).toBe(test.size)
    const done = await typed(test, RIGHT, ...words, '--yes')
    expect(done.code).toBe(0)
    expect(done.text).toContain(`By entry ${test.size} they count as recorded at ${RIGHT}.`)
    expect((await typed(test, RIGHT, ...words, '--yes')).text).toContain('nothing to correct')
    expect((await typed(test, RIGHT, 'clock', 'status')).text).toContain(
      'entries from 10 on were put back: It stood',
    )
  })

  it('says that a clock is right, but not of one that is behind', async () => {
    const test = await testLedger()
    expect((await typed(test, RIGHT, 'clock', 'accept')).text).toContain(
      `the clock is right which shows ${RIGHT}`,
    )
    expect((await typed(test, '2026-11-22T09:00:00.000Z', 'clock', 'accept')).code).toBe(1)
  })

  it.each([
    ['token', 'create', '--name', 'x', '--role', 'reader'],
    ['sign-in'],
    ['member', 'add', 'Ada', '--role', 'reader'],
    ['policy', 'four-eyes', 'on'],
    ['due', '--run'],
    ['import', 'predictions'],
  ])('lets no command write by a clock that is behind: %s %s', async (...words) => {
    const test = await ahead()
    const { code, text } = await typed(test, RIGHT, ...words)
    expect([code, text]).toEqual([1, expect.stringContaining('The clock of this machine shows')])
    expect((await theLog(test, 0)).length).toBe(test.size)
  })

  it.each([['rebuild'], ['migrate'], ['verify'], ['due'], ['member', 'list']])(
    'lets others go on: %s %s',
    async (...words) => {
      const test = await ahead()
      expect((await typed(test, RIGHT, ...words)).code).toBe(0)
    },
  )
})
