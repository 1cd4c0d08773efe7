import { expect, test } from 'vitest'
import { readHead } from '../../src/store/append.ts'
import { fieldValue, problemAt } from '../support/site.ts'
import { editor, typed } from './capture-form.ts'

test('the form says that a claim was logged from this source already, and keeps what was typed', async () => {
  const { post, latest } = await editor()
  expect((await post(typed)).status).toBe(303)
  const first = await latest()
  const again = {
    ...typed,
    key: 'b',
    source: first?.source.id ?? '',
    question: first?.question.record.id ?? '',
    '/quote/exact': 'a cut will probably come',
  }
  const { '/question/tags': _, ...known } = again
  const refused = await post(known)
  expect([refused.status, problemAt(refused.text, 'capture-question')]).toEqual([
    409,
    expect.stringContaining(`duplicate_of "${first?.forecast.record.id}"`.replaceAll('"', '&quot;')),
  ])
  expect(fieldValue(refused.text, '/quote/exact')).toBe('a cut will probably come')
})

test('a flat claim whose words are words of probability comes back with the reason, also where the quote stands in', async () => {
  const { post } = await editor()
  for (const words of ['likely', '']) {
    const refused = await post({ ...typed, manner: 'yes', '/probability/words': words })
    expect([refused.status, problemAt(refused.text, 'capture-probability-words')]).toEqual([
      422,
      expect.stringContaining('which readers take as 60 to 85'),
    ])
  }
})

test('a form that is filled in a second time as it was leads to what is recorded, and records nothing', async () => {
  const { post, latest, ledger } = await editor()
  expect((await post(typed)).status).toBe(303)
  const { forecast, question, source } = (await latest()) ?? {}
  const { seq } = await readHead(ledger.db)
  // As a double click sends it: the same page, and so the same key.
  const both = await Promise.all([post(typed), post(typed)])
  expect(both.map(({ status }) => status)).toEqual([303, 303])
  const again = await post({ ...typed, key: 'b' })
  expect(again.status).toBe(409)
  for (const path of [
    `/forecasts/${forecast?.record.id}`,
    `/questions/${question?.record.id}`,
    `/sources/${source?.id}`,
  ])
    expect(again.text).toContain(`href="${path}"`)
  expect(fieldValue(again.text, '/quote/exact')).toBe(typed['/quote/exact'])
  expect((await latest())?.forecast.record.id).toBe(forecast?.record.id)
  expect((await readHead(ledger.db)).seq).toBe(seq)
})
