import { describe, expect, it } from 'vitest'
import { StatementRequest } from '../../src/core/forecast.ts'
import { recordStatement } from '../../src/ledger/forecast/record-statement.ts'
import { aForecast, testLedger } from '../support/ledger.ts'
import { log, refusal, theLog, typesOf } from '../support/steps.ts'

const { analyst, source } = aForecast()
const statement = (changes: Record<string, unknown>) =>
  StatementRequest.parse({
    analyst,
    source,
    quote: 'time is on their side',
    kind: 'untestable',
    reason: 'present_state',
    ...changes,
  })
const duplicate = (duplicate_of: string, changes: Record<string, unknown> = {}) =>
  statement({ kind: 'duplicate', reason: undefined, duplicate_of, ...changes })

describe('a remark that is no forecast', () => {
  it('is logged with the reason why nothing in it can come true', async () => {
    const test = await testLedger()
    const { event } = await recordStatement(
      test.ledger,
      test.unit,
      statement({ because: 'About the present.', voice: 'headline', timecode: '0:07' }),
    )
    expect(event.payload).toEqual({
      id: '2026-11-an-interview_time-is-on-their-side',
      source: '2026-11-an-interview',
      analyst: 'konstantin-kalachev',
      quote: { exact: 'time is on their side' },
      checked: 'unchecked',
      voice: 'headline',
      timecode: '0:07',
      kind: 'untestable',
      reason: 'present_state',
      because: 'About the present.',
    })
    expect(typesOf(await theLog(test))).toEqual(['analyst.recorded', 'source.recorded', 'statement.recorded'])
  })

  it('may say again what a forecast of the same source says', async () => {
    const test = await testLedger()
    const { id } = await log(test)
    const { event } = await recordStatement(test.ledger, test.unit, duplicate(id))
    expect(event.payload).toMatchObject({ kind: 'duplicate', duplicate_of: id })
    expect(event.payload).not.toHaveProperty('reason')
  })

  it('in a later source is no duplicate but a forecast again', async () => {
    const test = await testLedger()
    const { id } = await log(test)
    const later = duplicate(id, { source: { title: 'A post', type: 'post', published: '2026-11' } })
    expect(await refusal(() => recordStatement(test.ledger, test.unit, later))).toMatchObject({
      code: 'invalid',
      pointers: ['/duplicate_of'],
    })
  })

  it('may say again what another remark says, and is no duplicate of a duplicate, or of nothing', async () => {
    const test = await testLedger()
    const { event: remark } = await recordStatement(test.ledger, test.unit, statement({}))
    const first = (remark.payload as { id: string }).id
    const { event } = await recordStatement(test.ledger, test.unit, duplicate(first))
    expect(event.payload).toMatchObject({ kind: 'duplicate', duplicate_of: first })
    for (const original of [(event.payload as { id: string }).id, '2026-11-an-interview_nothing'])
      expect(await refusal(() => recordStatement(test.ledger, test.unit, duplicate(original)))).toMatchObject(
        {
          code: 'invalid',
          pointers: ['/duplicate_of'],
        },
      )
  })

  it('is checked against the text like any quote, and logged by a recorder', async () => {
    const test = await testLedger()
    const withText = statement({ source: { ...(source as object), text: 'Nothing of the kind.' } })
    expect(await refusal(() => recordStatement(test.ledger, test.unit, withText))).toMatchObject({
      code: 'quote_not_found',
    })
    const reader = await test.join('Rita', 'reader')
    expect(await refusal(() => recordStatement(test.ledger, test.as(reader), statement({})))).toMatchObject({
      code: 'forbidden',
    })
  })
})
