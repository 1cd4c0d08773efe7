import { expect, test } from 'vitest'
import type { Draft } from '../../src/core/entry.ts'
import type { Role } from '../../src/core/member.ts'
import { AmendmentRequest } from '../../src/core/question.ts'
import { publishReply } from '../../src/ledger/forecast/publish-reply.ts'
import { withdrawForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { changePolicy } from '../../src/ledger/members/membership.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { ledgerOn } from '../../src/node/runtime.ts'
import { verified } from '../support/check-ledger.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { log, refusal, theLog } from '../support/steps.ts'
import { folder, importing } from './a-folder.ts'

/** A ledger with four eyes in force, a forecast of the administrator, and two who log. */
async function newsroom() {
  const held = await testLedger()
  await held.join('Rita', 'resolver')
  const [ada, ben] = [await held.join('Ada', 'recorder'), await held.join('Ben', 'recorder')]
  return { held, ada, ben, ...(await log(held)) }
}
type Person = { member: string; role: Role }

const withdrawal = { withdrawn_on: '2026-11-20', because: 'He said he was wrong.' }
const reply = { text: 'I spoke of a war between states.', replied_on: '2026-11-20' }
const url = 'https://example.com/reply'
const acts = {
  withdrawal: (held: TestLedger, by: Person, id: string, link = {}) =>
    withdrawForecast(held.ledger, held.as(by), id, { ...withdrawal, ...link }),
  reply: (held: TestLedger, by: Person, id: string, link = {}) =>
    publishReply(held.ledger, held.as(by), id, { ...reply, ...link }),
}

test.each(['withdrawal', 'reply'] as const)(
  'with four eyes in force nobody records a %s of the analyst alone, unless they say where he said it',
  async (what) => {
    const { held, ada, id } = await newsroom()
    for (const by of [ada, held.unit.by])
      expect(await refusal(() => acts[what](held, by, id))).toMatchObject({ code: 'four_eyes' })
    expect((await theLog(held)).at(-1)?.type).toBe('forecast.recorded')
    const { event } = await acts[what](held, ada, id, { url })
    expect(event.payload).toMatchObject({ forecast: id, url })
  },
)

test.each(['withdrawal', 'reply'] as const)(
  'a %s that has no address is recorded by a second member, in the words that the first heard',
  async (what) => {
    const { keepHeard } = await import('../../src/ledger/newsroom/newsroom.ts')
    const { held, ada, ben, id } = await newsroom()
    await keepHeard(held.ledger, held.as(ada), id, { [what]: { withdrawal, reply }[what] })
    expect(await refusal(() => acts[what](held, ada, id))).toMatchObject({ code: 'four_eyes' })
    const other = what === 'reply' ? { text: 'Something else.' } : { because: 'Something else.' }
    expect(await refusal(() => acts[what](held, ben, id, other))).toMatchObject({ code: 'four_eyes' })
    const { event } = await acts[what](held, ben, id)
    expect(event).toMatchObject({ by: ben.member, payload: { forecast: id, heard_by: ada.member } })
    const again = what === 'reply' ? 'duplicate' : 'already_decided'
    expect(await refusal(() => acts[what](held, ben, id))).toMatchObject({ code: again })
  },
)

test('words that the first member changes while the second records the old ones are not lost', async () => {
  const { keepHeard } = await import('../../src/ledger/newsroom/newsroom.ts')
  const { readHeard } = await import('../../src/store/newsroom.ts')
  const { held, ada, ben, id } = await newsroom()
  const keep = (text: string) => keepHeard(held.ledger, held.as(ada), id, { reply: { ...reply, text } })
  await keep(reply.text)
  let changed = false
  const { db } = held.ledger
  const slow = ledgerOn({
    ...db,
    write: async (statements) => {
      if (!changed) await keep('Not quite: I spoke of a siege.')
      changed = true
      return db.write(statements)
    },
  })
  held.at('2026-11-22T10:00:01.000Z')
  expect(await refusal(() => publishReply(slow, held.as(ben), id, reply))).toMatchObject({
    code: 'four_eyes',
  })
  expect((await readHeard(db, id)).reply?.text).toBe('Not quite: I spoke of a siege.')
})

test('without four eyes one member records both, as before', async () => {
  const held = await testLedger()
  const { id } = await log(held)
  await acts.reply(held, held.unit.by, id)
  await acts.withdrawal(held, held.unit.by, id)
})

test('a file withdraws nothing alone either: it says where the analyst said it', async () => {
  const { held } = await newsroom()
  const { refused } = await importing(held, folder({ statement: { withdrawn: withdrawal } }))
  expect(refused).toMatchObject([{ noun: 'forecast', code: 'four_eyes' }])
  const linked = folder({ statement: { withdrawn: { ...withdrawal, url } } })
  expect(await importing(held, linked)).toMatchObject({ refused: [] })
  expect(await importing(held, linked)).toMatchObject({ entries: 0, refused: [] })
})

test('an open question is amended by who wrote it or by who may resolve, with four eyes in force', async () => {
  const { held, ada, question } = await newsroom()
  const amend = (by: Person, id: string, title: string) =>
    amendQuestion(held.ledger, held.as(by), id, AmendmentRequest.parse({ title, because: 'It was unclear.' }))
  expect(await refusal(() => amend(ada, question, 'Anything'))).toMatchObject({ code: 'four_eyes' })
  const own = await log(held, { quote: 'other words', question: { ...anotherQuestion } }, held.as(ada))
  await amend(ada, own.question, 'Mine, and clearer')
  await amend(held.unit.by, own.question, 'Clearer still')
  await changePolicy(held.ledger, held.unit, 'off')
  await amend(ada, question, 'Whoever it was')
})
const anotherQuestion = {
  title: 'Another event',
  criteria: 'It happens.',
  deadline: { date: '2026-12-31', time_zone: 'UTC', because: 'No horizon was named.' },
}

test('verify finds an act in the analyst’s name for which one member stood twice', async () => {
  const { append } = await import('../../src/store/append.ts')
  const { pause } = await import('../../src/node/runtime.ts')
  const { held, ada, id } = await newsroom()
  const { stream } = (await theLog(held)).find(({ type }) => type === 'forecast.recorded') ?? { stream: '' }
  const payload = { forecast: id, ...reply, heard_by: ada.member }
  const entry: Draft = { type: 'reply.published', stream, rev: 1, by: ada.member, refs: [], payload }
  await append(held.ledger.db, [{ entries: [entry] }], held.unit.now, held.ledger.random, pause)
  held.spoil()
  expect((await verified(held.ledger.db)).findings).toMatchObject([{ code: 'four_eyes' }])
})
