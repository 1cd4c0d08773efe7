import { expect, test } from 'vitest'
import type { Draft } from '../../src/core/entry.ts'
import { RedactionRequest } from '../../src/core/redaction.ts'
import type { BlindOutcome } from '../../src/core/resolution.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { redact } from '../../src/ledger/redaction/redact.ts'
import { sealOutcome } from '../../src/ledger/resolution/seal-outcome.ts'
import { findOutcome, sealedOn } from '../../src/store/blind-outcomes.ts'
import { readAgreement } from '../../src/store/documents/coding.ts'
import { readEvents } from '../../src/store/events.ts'
import { findQuestion } from '../../src/store/lookups.ts'
import { ask } from '../../src/store/query.ts'
import { verified } from '../support/check-ledger.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { aQuestion, log, propose, refusal } from '../support/steps.ts'

const PASSED = { deadline: { date: '2026-11-20', time_zone: 'UTC' } }
const decided = (changes: Record<string, unknown> = {}): BlindOutcome =>
  ({
    outcome: 'no',
    known_on: '2026-11-21',
    evidence: [{ url: 'https://example.com/report', says: 'Nothing happened.', accessed: '2026-11-22' }],
    rationale: 'The day passed quietly.',
    ...changes,
  }) as BlindOutcome

async function due(held: TestLedger, changes: Record<string, unknown> = {}) {
  const { question } = await log(held, { question: aQuestion({ ...PASSED, ...changes }) })
  const ada = await held.join('Ada Lovelace', 'resolver')
  const ben = await held.join('Benjamin Peirce', 'resolver')
  const seal = (who: typeof ada, outcome = decided()) =>
    sealOutcome(held.ledger, held.as(who), question, outcome)
  return { question, ada, ben, seal }
}

test('the log gets a hash of the first outcome, and both in one batch when a second member has decided', async () => {
  const held = await testLedger()
  const { question, ada, ben, seal } = await due(held)
  await seal(ada, decided({ rationale: 'Zzmarker.' }))
  const before = await readEvents(held.ledger.db, 0, 200)
  expect(before.at(-1)).toMatchObject({ type: 'outcome.sealed', by: ada.member })
  expect(JSON.stringify(before)).not.toContain('Zzmarker')
  await seal(ben, decided({ outcome: 'yes' }))
  const after = await readEvents(held.ledger.db, before.length, 200)
  expect(after.map(({ type, by }) => [type, by])).toEqual([
    ['outcome.sealed', ben.member],
    ['outcome.revealed', ben.member],
    ['outcome.revealed', ben.member],
  ])
  expect(JSON.stringify(after)).toContain('Zzmarker')
  expect(await findOutcome(held.ledger.db, { question, member: ada.member })).toBeNull()
  expect((await findQuestion(held.ledger.db, question))?.outcome).toBeNull()
})

test('nobody decides a question twice, a third member neither, and nobody once an outcome was proposed', async () => {
  const held = await testLedger()
  const { question, ada, ben, seal } = await due(held)
  const already = { code: 'already_decided' }
  await seal(ada)
  await expect(seal(ada)).rejects.toMatchObject(already)
  await expect(
    amendQuestion(held.ledger, held.unit, question, { criteria: 'Other.', because: 'Late.' }),
  ).rejects.toMatchObject({ code: 'frozen' })
  await Promise.all([ben, ben].map((who) => seal(who).catch(() => null)))
  await expect(seal(await held.join('Cleo Patra', 'resolver'))).rejects.toMatchObject(already)
  const { question: open } = await log(held, {
    quote: 'no other war',
    question: aQuestion({ title: 'Another war begins', ...PASSED }),
  })
  await sealOutcome(held.ledger, held.as(ada), open, decided())
  await propose(held, open, { outcome: 'no', known_on: '2026-11-21' })
  await expect(sealOutcome(held.ledger, held.as(ben), open, decided())).rejects.toMatchObject(already)
  expect((await readAgreement(held.ledger.db)).outcome).toMatchObject({ units: 1, raw: 1, waiting: 1 })
})

test('what cannot be an outcome is refused as in a proposal, at its field', async () => {
  const held = await testLedger()
  const { ada, seal } = await due(held)
  for (const [wrong, pointer] of [
    [{ outcome: 'perhaps' }, '/outcome'],
    [{ known_on: '2026-12-24' }, '/known_on'],
    [{ known_on: '2026-11-01' }, '/known_on'],
  ] as const)
    await expect(seal(ada, decided(wrong))).rejects.toMatchObject({ problems: [{ pointer }] })
  const reader = await held.join('Grace Hopper', 'recorder')
  expect(await refusal(() => seal(reader))).toMatchObject({ code: 'forbidden' })
})

test('only what is answered by yes or no is decided twice', async () => {
  const held = await testLedger()
  const { question } = await log(held, {
    question: aQuestion({ ...PASSED, type: 'numeric', range: { low: 0, high: 10 } }),
    probability: { interval: [1, 2], level: 0.5 },
  })
  await expect(sealOutcome(held.ledger, held.unit, question, decided({ outcome: 3 }))).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('yes or no'),
  })
})

test('agreement on outcomes is of the ledger and of one source, and a source without is told apart', async () => {
  const held = await testLedger()
  const { ada, ben, seal } = await due(held)
  await seal(ada)
  await seal(ben, decided({ outcome: 'ambiguous' }))
  const of = async (source?: string) => (await readAgreement(held.ledger.db, source)).outcome
  const same = { units: 1, raw: 0, alpha: null, interval: null, waiting: 0 }
  expect(await of()).toEqual(same)
  expect(await of('2026-11-an-interview')).toEqual(same)
  expect(await of('2026-11-another')).toMatchObject({ units: 0, raw: null })
})

const nonce = 'A'.repeat(22)

test('verify finds an outcome that is shown early, or is another than was sealed, or was sealed after a proposal', async () => {
  const held = await testLedger()
  held.spoil()
  const { question, ada, ben, seal } = await due(held)
  const forge = async (entries: Partial<Draft>[]) => {
    const row = await findQuestion(held.ledger.db, question)
    const at = { stream: row?.stream ?? '', refs: [], by: ada.member }
    await held.ledger.writes.run(held.unit.now, async () => ({
      command: {
        entries: entries.map((one, i) => ({ ...at, rev: (row?.rev ?? 0) + 1 + i, ...one })) as Draft[],
        claims: [],
      },
      answer: () => null,
    }))
    return (await verified(held.ledger.db)).findings.flatMap(({ code, message }) =>
      code === 'outcome' ? [message] : [],
    )
  }
  const shown = {
    type: 'outcome.revealed',
    payload: { question, member: ada.member, nonce, outcome: decided() },
  } as const
  await seal(ada)
  expect(await forge([shown])).toEqual([
    'An outcome was shown before both were in.',
    'What was shown is not what its member had sealed.',
  ])
  await propose(held, question, { outcome: 'no', known_on: '2026-11-21' })
  const late = { type: 'outcome.sealed', by: ben.member, payload: { question, commitment: 'A'.repeat(43) } }
  expect(await forge([late as Partial<Draft>])).toContain(
    'An outcome was sealed as blind after one had been proposed.',
  )
})

test('words can be taken out of an outcome that was sealed and shown, and the log still verifies', async () => {
  const held = await testLedger()
  const { question, ada, ben, seal } = await due(held)
  await seal(ada, decided({ rationale: 'As Zzmarker said.' }))
  await seal(ben)
  const request = RedactionRequest.parse({ words: ['Zzmarker'], because: 'A name.', class: 'update' })
  await redact(held.ledger, held.unit, request)
  const rows = await ask(held.ledger.db, sealedOn(question))
  expect(rows).toHaveLength(2)
  expect(JSON.stringify(rows)).not.toContain('Zzmarker')
  expect((await verified(held.ledger.db)).findings).toEqual([])
})
