import { describe, expect, it } from 'vitest'
import { SourceRequest } from '../../src/core/source.ts'
import { recordSource } from '../../src/ledger/source/record-source.ts'
import { textHash } from '../../src/log/entry.ts'
import { findSourceText } from '../../src/store/lookups.ts'
import { testLedger } from '../support/ledger.ts'
import { log, refusal, theLog, typesOf } from '../support/steps.ts'

const fields = {
  title: 'An interview',
  type: 'interview',
  url: 'https://example.com/interview',
  published: '2026-11-01',
}
const source = (changes: Record<string, unknown> = {}) => SourceRequest.parse({ ...fields, ...changes })

describe('a source', () => {
  it('is recorded with the hash of its text, while the text itself is kept beside the log', async () => {
    const test = await testLedger()
    const text = 'He said:\n “there will be  no war”.'
    const { event } = await recordSource(test.ledger, test.unit, source({ text, coverage: 'complete' }))
    const record = {
      id: '2026-11-an-interview',
      ...fields,
      coverage: 'complete',
      text_sha256: textHash('He said: "there will be no war".'),
    }
    expect(event.payload).toEqual({ record })
    expect(JSON.stringify(await theLog(test))).not.toContain('He said')
    expect(await findSourceText(test.ledger.db, record.id)).toBe(text)
  })

  it.each([
    ['2026', '2026-01-an-interview'],
    ['2026-03', '2026-03-an-interview'],
    [{ from: '2026-02-27', to: '2026-03-02', because: 'It cites the day before.' }, '2026-02-an-interview'],
  ])('published %j has the id %s', async (published, id) => {
    const test = await testLedger()
    const { event } = await recordSource(test.ledger, test.unit, source({ published }))
    expect(event.payload).toMatchObject({ record: { id, published } })
  })

  it('is refused at an address that another one has, however it is written', async () => {
    const test = await testLedger()
    await recordSource(test.ledger, test.unit, source())
    for (const url of [fields.url, 'https://EXAMPLE.com/interview/', 'https://example.com/interview#top'])
      expect(
        await refusal(() => recordSource(test.ledger, test.unit, source({ title: 'Another', url }))),
      ).toMatchObject({
        code: 'duplicate',
        pointers: ['/url'],
      })
  })

  it('without an address is told from others by its text, under an id of its own', async () => {
    const test = await testLedger()
    const texts = [
      ['First talk.', '2026-11-an-interview'],
      ['Second talk.', '2026-11-an-interview-2'],
    ] as const
    for (const [text, id] of texts)
      expect(
        (await recordSource(test.ledger, test.unit, source({ url: undefined, text }))).event.payload,
      ).toMatchObject({ record: { id } })
  })

  it('of the future is refused, and to a reader', async () => {
    const test = await testLedger()
    const reader = await test.join('Rita', 'reader')
    expect(
      await refusal(() => recordSource(test.ledger, test.unit, source({ published: '2027' }))),
    ).toMatchObject({
      code: 'invalid',
      pointers: ['/published'],
    })
    expect(await refusal(() => recordSource(test.ledger, test.as(reader), source()))).toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('a source that comes with a forecast', () => {
  it('is the one that is known at its address', async () => {
    const test = await testLedger()
    await recordSource(test.ledger, test.unit, source({ coverage: 'complete' }))
    await log(test, { source: source({ url: 'https://example.com/interview/' }) })
    expect(typesOf(await theLog(test)).filter((type) => type === 'source.recorded')).toHaveLength(1)
  })

  it('is refused where it says otherwise than the known one, field by field', async () => {
    const test = await testLedger()
    await recordSource(test.ledger, test.unit, source({ text: 'The whole text.' }))
    const other = source({
      title: 'Another title',
      published: '2026-11-02',
      publisher: 'A paper',
      text: 'Another text.',
    })
    const refused = await refusal(() => log(test, { source: other }))
    expect(refused?.code).toBe('conflict')
    expect(refused?.pointers.toSorted()).toEqual([
      '/source/published',
      '/source/publisher',
      '/source/text',
      '/source/title',
    ])
    expect(
      await refusal(() => log(test, { source: source({ text: 'The whole   text.' }), quote: 'whole text' })),
    ).toBeNull()
  })

  it('is refused with a text where the known one has none: its quotes were not checked', async () => {
    const test = await testLedger()
    await recordSource(test.ledger, test.unit, source())
    expect(
      await refusal(() => log(test, { source: source({ text: 'there will be no war' }) })),
    ).toMatchObject({
      code: 'conflict',
      pointers: ['/source/text'],
    })
  })
})
