import { expect, test } from 'vitest'
import { codedKind } from '../../src/core/coding-round.ts'
import { roundsBehind } from '../../src/store/coding.ts'
import { findQuestion } from '../../src/store/lookups.ts'
import { ask } from '../../src/store/query.ts'
import { site } from '../support/site.ts'
import { AFTERWARDS, aQuestion, confirm, propose } from '../support/steps.ts'
import { claim, coded, openedRound, SOURCE } from './round.ts'

async function ledger() {
  const held = await site()
  const round = await openedRound(held)
  const [one, two] = [await held.join('Anna', 'recorder'), await held.join('Bela', 'recorder')]
  const logged = (title: string) =>
    held.log({ source: SOURCE, quote: 'There will be no new war this year', question: aQuestion({ title }) })
  const listed = async (value: string) => {
    const { text } = await held.send(`/api/forecasts?coded=${value}`)
    return (JSON.parse(text) as { items: { id: string }[] }).items.map(({ id }) => id)
  }
  const kindOf = async ({ id, question }: { id: string; question: string }) => {
    const [behind] = await ask(held.ledger.db, roundsBehind(id))
    const asked = await findQuestion(held.ledger.db, question)
    return behind === undefined ? null : codedKind(behind.sent, asked?.known_from?.toISOString() ?? null)
  }
  const agreed = async (one: { id: string; question: string }) => {
    const kind = await kindOf(one)
    for (const value of ['blind', 'seen', 'knowing'])
      expect([value, (await listed(value)).includes(one.id)]).toEqual([value, value === kind])
    return kind
  }
  return {
    held,
    round,
    one,
    two,
    logged,
    agreed,
    code: (who: typeof one) => coded(held, round, who, [claim()]),
  }
}

test('a claim that was logged when both codings were in was coded blind; with one coding it was not coded by two', async () => {
  const { one, two, logged, agreed, code, held } = await ledger()
  await code(one)
  const first = await logged('A new war begins')
  expect(await agreed(first)).toBeNull()
  held.at('2026-11-23T15:00:00Z')
  await code(two)
  // The second coder could have read the claim.
  expect(await agreed(first)).toBe('seen')
})

test('blind, and when its outcome was known by then', async () => {
  const { one, two, logged, agreed, code, held } = await ledger()
  await code(one)
  await code(two)
  const forecast = await logged('A new war begins')
  expect(await agreed(forecast)).toBe('blind')
  const { text } = await held.anonymous.get('/ledger?coded=blind')
  expect(text).toContain('coded by two, blind')
  expect((await held.anonymous.get('/ledger?coded=seen')).text).not.toContain(forecast.id)
  held.at(AFTERWARDS)
  const { id } = await propose(held, forecast.question)
  await confirm(held, forecast.question, id)
  // It was coded before anybody could know that.
  expect(await agreed(forecast)).toBe('blind')
})

test('whoever codes when the outcome is known has coded knowing it', async () => {
  const { one, two, logged, agreed, code, held } = await ledger()
  const forecast = await logged('A new war begins')
  held.at(AFTERWARDS)
  const { id } = await propose(held, forecast.question)
  await confirm(held, forecast.question, id)
  held.at(new Date(Date.parse(AFTERWARDS) + 3 * 86_400_000).toISOString())
  await code(one)
  await code(two)
  expect(await agreed(forecast)).toBe('knowing')
  expect((await held.anonymous.get(`/forecasts/${forecast.id}`)).text).toContain(
    'at least one of them when the outcome was known',
  )
})

test('what is no kind of coding is refused by name', async () => {
  const { held } = await ledger()
  expect((await held.send('/api/forecasts?coded=twice')).status).toBe(400)
  expect((await held.anonymous.get('/ledger?coded=twice')).status).toBe(400)
})
