import { describe, expect, it } from 'vitest'
import { findStatement } from '../../src/store/lookups.ts'
import { aForecast, testLedger } from '../support/ledger.ts'
import { log, refusal, theLog } from '../support/steps.ts'

const text =
  'I believe that Baku is ready. “Baku is by no means\nready”, he said. If escalation means war, then no, there will be no war.'
const source = { ...(aForecast().source as object), text }

describe('a quote', () => {
  it.each([
    ['there will be no war', 'there will be no war'],
    ['"Baku is by no means ready", he said', '"Baku is by no means ready", he said'],
    ['If escalation […] there will be no war', 'If escalation means war, then no, there will be no war'],
  ])('of words that stand once in the text is found: %s', async (quote, passage) => {
    const test = await testLedger()
    const { id } = await log(test, { source, quote })
    const statement = await findStatement(test.ledger.db, id)
    const plain = text.replaceAll(/[“”]/gu, '"').replace('\n', ' ')
    expect(statement?.record.checked).toBe('found')
    expect(statement?.record.quote.exact).toBe(quote)
    expect(plain.slice(statement?.record.quote.start, statement?.record.quote.end)).toBe(passage)
  })

  it('that is not in the text is refused, with the nearest passage', async () => {
    const test = await testLedger()
    const refused = await refusal(() => log(test, { source, quote: 'there will be no peace' }))
    expect(refused).toMatchObject({ code: 'quote_not_found', pointers: ['/quote'] })
    expect(refused?.message).toContain('there will be no war')
    expect(await theLog(test)).toEqual([])
  })

  it('that shares no word with the text is refused without one', async () => {
    const test = await testLedger()
    const refused = await refusal(() => log(test, { source, quote: 'Ξένος' }))
    expect(refused).toMatchObject({ code: 'quote_not_found', message: 'is not in the text of the source.' })
  })

  it('that stands twice is refused until its surroundings tell which one is meant', async () => {
    const test = await testLedger()
    const refused = await refusal(() => log(test, { source, quote: 'Baku is' }))
    expect(refused).toMatchObject({ code: 'quote_ambiguous', pointers: ['/quote'] })
    expect(refused?.message).toContain('stands 2 times')
    expect(refused?.message).toContain('I believe that [quote]')
    const { id } = await log(test, { source, quote: { exact: 'Baku is', prefix: 'I believe that ' } })
    expect((await findStatement(test.ledger.db, id))?.record).toMatchObject({
      checked: 'found',
      quote: { start: 15, end: 22 },
    })
  })

  it('is kept to the letter, unchecked, where the text is not held', async () => {
    const test = await testLedger()
    const quote = { exact: '  “whatever”  ', start: 7 }
    const { id } = await log(test, { quote })
    expect((await findStatement(test.ledger.db, id))?.record).toMatchObject({ checked: 'unchecked', quote })
  })

  it('is checked against the text of a source that is named by its id', async () => {
    const test = await testLedger()
    await log(test, { source })
    expect(
      await refusal(() => log(test, { source: '2026-11-an-interview', quote: 'nothing of the kind' })),
    ).toMatchObject({
      code: 'quote_not_found',
    })
  })
})
