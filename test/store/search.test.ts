import { describe, expect, it } from 'vitest'
import { listAnalysts, listQuestions, listStatements } from '../../src/store/nouns.ts'
import { firstWords, matchExpression, searchTerms } from '../../src/store/search.ts'
import { hostile } from '../support/bad-inputs.ts'
import { testLedger } from '../support/ledger.ts'
import { aQuestion, log, refusal } from '../support/steps.ts'

describe('a search', () => {
  it('is for words, the last of which may be unfinished', () => {
    expect(searchTerms('New-war "begins')).toEqual([
      '({title body} : "New" OR forms : "nev")',
      '({title body} : "war" OR forms : "var")',
      '({title body} : "begins" * OR forms : "begins" *)',
    ])
    expect(matchExpression('a OR b*')).toBe(
      '({title body} : "a") AND ({title body} : "OR" OR forms : "or") AND ({title body} : "b" *)',
    )
    expect(matchExpression(' … ')).toBe('""')
  })

  it('is refused when it is very long', async () => {
    expect(await refusal(() => searchTerms('x'.repeat(501)))).toMatchObject({
      code: 'malformed',
      pointers: ['/q'],
    })
    expect(await refusal(() => searchTerms('x'.repeat(500)))).toBeNull()
  })

  it('goes by its first twelve words, and tells which they are where there are more', () => {
    const twelve = Array.from({ length: 12 }, (_, i) => `word${i}`).join(' ')
    expect([searchTerms(twelve).length, searchTerms(twelve).at(-1), firstWords(twelve)]).toEqual([
      12,
      expect.stringContaining('"word11" *'),
      null,
    ])
    expect([searchTerms(`${twelve} more`).at(-1), firstWords(`${twelve}, more`)]).toEqual([
      expect.stringContaining('"word11" OR'),
      twelve,
    ])
  })

  it('finds questions, statements and analysts by their words, whatever their case and accents', async () => {
    const test = await testLedger()
    const { id, question } = await log(test, {
      analyst: { name: 'José Ñandú', aliases: ['Pepe'] },
      quote: 'Дождя не будет',
      question: aQuestion({ title: 'Rain in Ürümqi', criteria: 'A millimetre is measured.' }),
    })
    const { db } = test.ledger
    const questions = async (q: string) =>
      (await listQuestions(db, { q }, test.unit.now, { limit: 10 })).items.map(({ record }) => record.id)
    for (const q of ['urumqi', 'RAIN ür', 'millimetre measured', 'rai'])
      expect(await questions(q), q).toEqual([question])
    for (const q of ['snow', 'rain snow', '""', '…']) expect(await questions(q), q).toEqual([])
    expect((await listAnalysts(db, { q: 'pepe' }, { limit: 10 })).items).toHaveLength(1)
    expect((await listAnalysts(db, { q: 'jose nandu' }, { limit: 10 })).items).toHaveLength(1)
    expect(
      (await listStatements(db, { q: 'дождя' }, { limit: 10 })).items.map(({ record }) => record.id),
    ).toEqual([id])
  })

  it.each(hostile('search.q'))('never is a command to the database: $id, $why', async ({ value }) => {
    const test = await testLedger()
    await log(test)
    const refused = await refusal(() =>
      listQuestions(test.ledger.db, { q: String(value) }, test.unit.now, { limit: 10 }),
    )
    expect(refused === null || refused.code === 'malformed').toBe(true)
  })
})
