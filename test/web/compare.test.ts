import { expect, test } from 'vitest'
import { site } from '../support/site.ts'
import { confirm, propose } from '../support/steps.ts'

const QUESTIONS = 8
const WITH_NUMBERS = 6

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
    const title = `Event ${'abcdefgh'[i]} happens`
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
    'Ada and Ben cannot be told apart on those 6 of 8 common questions to which both gave numbers, in 6 independent groups',
  )
  expect(read).toContain('8 common questions, G = 8 independent groups')
  expect(read).toContain('Both gave numbers to 6 of the 8 common questions; the others are not in it.')
  expect(read).toContain('Mean Brier, n = 6')
  const api = JSON.parse((await held.send('/api/compare?analysts=ada,ben')).text)
  expect(text).toContain(api.verdict)
})
