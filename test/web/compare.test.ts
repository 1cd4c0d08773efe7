import { expect, test } from 'vitest'
import { site } from '../support/site.ts'
import { confirm, propose } from '../support/steps.ts'

const QUESTIONS = 13
const WITH_NUMBERS = 11

test('two are compared by the numbers that both gave, and the page says of how many questions', async () => {
  const held = await site()
  const saying = (who: string, i: number, changes: object) =>
    held.log({
      analyst: { name: who },
      source: {
        title: `${who} ${i}`,
        type: who === 'Ada' ? 'interview' : 'post',
        url: `https://example.com/${who}/${i}`,
        published: '2026-11-20',
      },
      ...changes,
    })
  const asked: string[] = []
  for (let i = 0; i < QUESTIONS; i++) {
    const title = `Event ${'abcdefghijklm'[i]} happens`
    const asking = { title, criteria: 'It is seen.', deadline: { date: '2026-11-25', time_zone: 'UTC' } }
    const { question } = await saying('Ada', i, { question: asking, probability: 0.1 })
    await saying('Ben', i, { question, probability: i < WITH_NUMBERS ? 0.6 : { words: 'likely' } })
    asked.push(question)
  }
  held.at('2026-11-27T00:00:00.000Z')
  for (const id of asked)
    await confirm(held, id, (await propose(held, id, { outcome: 'no', known_on: '2026-11-26' })).id)
  const { text } = await held.anonymous.get('/compare?analysts=ada,ben')
  const read = text.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ')
  expect(read).toContain(
    'Ada scores better than Ben on the 11 of their 13 common questions to which both gave numbers, by .35 (',
  )
  expect(read).toContain('13 common questions')
  expect(read).toContain('In the median neither spoke earlier.')
  expect(read).toContain(`Score of ${WITH_NUMBERS}`)
  const api = JSON.parse((await held.send('/api/compare?analysts=ada,ben')).text)
  expect(read).toContain(api.verdict)
  expect(api.ruling).toMatchObject({ pairs: 1, told_apart: true })
  // The list says it in the same words.
  expect((await held.anonymous.get('/analysts')).text).toContain(api.verdict)
  const { pairs } = JSON.parse((await held.send('/api/analysts')).text)
  expect(pairs).toMatchObject({ tested: 1, told_apart: [{ a: 'ada', b: 'ben', sentence: api.verdict }] })
})
