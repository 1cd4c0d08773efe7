import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { RedactionRequest } from '../../src/core/redaction.ts'
import { publishReply } from '../../src/ledger/forecast/publish-reply.ts'
import { redact, wouldRedact } from '../../src/ledger/redaction/redact.ts'
import { readStored } from '../../src/store/events.ts'
import { rebuild } from '../../src/store/migrate.ts'
import { listAnalysts } from '../../src/store/nouns.ts'
import { verified } from '../support/check-ledger.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { log, refusal } from '../support/steps.ts'

const QUOTE = 'the quixotic baroness will never again leave Zanzibar'
const TEXT = `He said it twice. I tell you: ${QUOTE}. Then he went home.`

const because = 'The person concerned asked for it.'
const asked = (request: Record<string, unknown>) => RedactionRequest.parse({ because, ...request })

/** How a word looks within base64url, wherever it begins there: what is surely its own of each of the three ways. */
const encoded = (word: string): string[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(word)]).toString('base64url')
    return text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + Buffer.byteLength(word)) * 8) / 6))
  })

/** Which of these words are anywhere in the files of a ledger, as text or within openings. */
const inFiles = (path: string, words: readonly string[]): string[] =>
  ['', '-wal', '-shm'].flatMap((end) => {
    if (!existsSync(path + end)) return []
    const bytes = readFileSync(path + end)
    return words
      .flatMap((word) => [word, word.toLowerCase(), ...encoded(word)])
      .filter((form) => bytes.includes(form))
      .map((form) => `${form} in ledger.db${end}`)
  })

const said = (test: TestLedger, changes: Record<string, unknown> = {}) =>
  log(test, {
    quote: { exact: QUOTE, prefix: 'He said it twice. I tell you: ', suffix: '. Then he went home.' },
    source: {
      title: 'An interview',
      type: 'interview',
      url: 'https://example.com/interview',
      published: '2026-11-01',
      text: TEXT,
    },
    ...changes,
  })

describe('words are taken out', () => {
  it('of a statement: they are nowhere in the files, and the ledger verifies and counts it', async () => {
    const test = await testLedger()
    const forecast = await said(test)
    expect(inFiles(test.path, ['quixotic'])).not.toEqual([])
    const done = await redact(test.ledger, test.unit, asked({ kind: 'statement', id: forecast.id }))
    expect(done.scrubbed).toBe('clean')
    expect(inFiles(test.path, ['quixotic', 'baroness', 'Zanzibar'])).toEqual([])
    expect(await verified(test.ledger.db)).toMatchObject({ redactions: 2, findings: [] })
    await rebuild(test.ledger.db, { afresh: true })
    expect(await verified(test.ledger.db)).toMatchObject({ redactions: 2, findings: [] })
  })

  it('of a person: the name goes everywhere, and the id that was made from it has another name', async () => {
    const test = await testLedger()
    const forecast = await log(test)
    await log(test, {
      source: {
        title: 'Konstantin Kalachev on the war',
        type: 'article',
        url: 'https://example.com/konstantin-kalachev-on-the-war',
        published: '2026-11-02',
      },
      quote: 'there will be no peace',
      question: forecast.question,
    })
    const done = await redact(test.ledger, test.unit, asked({ kind: 'analyst', id: 'konstantin-kalachev' }))
    expect(inFiles(test.path, ['Kalachev', 'Konstantin'])).toEqual([])
    const { items } = await listAnalysts(test.ledger.db, {}, { limit: 5 })
    expect(items.map(({ record, forecasts }) => [record.name, forecasts])).toEqual([['[taken out]', 2]])
    expect(items[0]?.record.id).toMatch(/^taken-out-[a-z0-9]{8}$/u)
    expect([...done.plan.renamed.keys()]).toContain('konstantin-kalachev')
  })
})
