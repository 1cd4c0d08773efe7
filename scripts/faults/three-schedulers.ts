import { strict as assert } from 'node:assert'
import { openingOf } from '../../src/log/entry.ts'
import type { Fault } from './fault.ts'
import { assertSound, forecast, rows, type Server, send, serve, tokenFor, until } from './program.ts'

/** Three servers start at the same moment on a ledger in which much is due. */
export const threeSchedulers: Fault = {
  name: 'three-schedulers',
  async run({ folder, short }) {
    const token = await tokenFor(folder)
    const questions = short ? 40 : 300
    const first = await serve(folder)
    for (let i = 0; i < questions; i++) {
      const answer = await send(first.address, token, '/api/forecasts', overdue(`due-${i}`))
      assert.equal(answer.status, 201, JSON.stringify(answer.body))
    }
    assert.equal(await first.stop(), 0)
    const servers: Server[] = []
    try {
      servers.push(...(await Promise.all([1, 2, 3].map(() => serve(folder)))))
      await until('the three first runs of the job', () =>
        servers.every(({ complained }) => /"event":"job(-failed)?","name":"flag-due"/u.test(complained())),
      )
      for (const { complained } of servers) assert.doesNotMatch(complained(), /job-failed/u)
    } finally {
      await Promise.all(servers.map(({ stop }) => stop()))
    }
    const flagged = (await rows(folder, FLAGGED)).flatMap(flaggedIn)
    assert.equal(flagged.length, questions)
    assert.equal(new Set(flagged).size, questions)
    await assertSound(folder)
    return `${questions} questions, each flagged once`
  },
}

const FLAGGED = `SELECT opening.disclosure FROM opening JOIN entry USING (seq) WHERE entry.type = 'questions.flagged'`

const flaggedIn = (row: Record<string, unknown>): string[] =>
  (openingOf(String(row.disclosure)) as { questions: { id: string }[] }).questions.map(({ id }) => id)

const overdue = (name: string) => {
  const base = forecast(name)
  return {
    ...base,
    source: { ...base.source, published: '2020-01-15' },
    question: { ...base.question, deadline: { date: '2021-12-31', time_zone: 'UTC' } },
  }
}
