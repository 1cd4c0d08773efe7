import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import { expect } from 'vitest'
import { publishReply } from '../../src/ledger/forecast/publish-reply.ts'
import { withdrawForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { recordReference } from '../../src/ledger/question/record-reference.ts'
import { sealOutcome } from '../../src/ledger/resolution/seal-outcome.ts'
import { claim, coded, openedRound, other } from '../coding/round.ts'
import { commandOn } from '../support/command.ts'
import type { TestLedger } from '../support/ledger.ts'
import { folder } from '../support/process.ts'
import { AFTERWARDS, aQuestion, aResolution, confirm, log, propose } from '../support/steps.ts'

/** A ledger that has something for every table: all types of questions and probabilities, decided, replied, coded by two. */
export async function fullLedger(held: TestLedger): Promise<{ question: string; round: string }> {
  const ada = await held.join('Ada Lovelace', 'recorder')
  const ben = await held.join('Benjamin Peirce', 'resolver')
  const round = await openedRound(held)
  await coded(held, round, ada, [claim(), other()])
  await coded(held, round, ben, [claim({ band: { low: 0, high: 0.05 }, own: 0.1 })])
  const { question, id } = await log(held)
  const asked = (title: string, changes: Record<string, unknown>, probability: unknown) =>
    log(held, {
      quote: title,
      question: aQuestion({ title, ...changes }),
      probability,
      analyst: { name: 'Lena Orlova', aliases: ['L. Orlova', '=Lena'] },
    })
  await asked('The winner', { type: 'multiple_choice', options: ['A', 'B'] }, { A: 0.3, B: 0.7 })
  const range = { low: 0, high: 100, unit: 'per cent' }
  await asked('The price', { type: 'numeric', range }, { quantiles: { 0.9: 20, 0.1: -3 } })
  await asked('The rate', { type: 'numeric', range }, { interval: [3, 9], level: 0.8 })
  const days = { low: '2026-11-01', high: '2027-12-31' }
  await asked('The day', { type: 'date', range: days }, { quantiles: { 0.5: '2027-01-31' } })
  await asked('=SUM(A1:A9) is said to be safe', {}, { low: 0.1, high: 0.2 })
  const worded = await asked('The bill passes', {}, { words: 'probably' })
  await recordReference(held.ledger, held.unit, question, { kind: 'nothing_changes', probability: 0.04 })
  await withdrawForecast(held.ledger, held.unit, worded.id, {
    withdrawn_on: '2026-11-21',
    because: 'They said so.',
    url: 'https://example.com/withdrawn',
  })
  held.at(AFTERWARDS)
  await propose(held, question)
  await confirm(held, question, 'r1', held.as(ben))
  for (const [by, outcome] of [
    [held.unit, 'yes'],
    [held.as(ben), 'no'],
  ] as const)
    await sealOutcome(held.ledger, by, worded.question, aResolution({ outcome }))
  await publishReply(held.ledger, held.as(ben), id, {
    text: 'I was right.',
    replied_on: '2027-01-01',
    url: 'https://example.com/reply',
  })
  return { question, round }
}

export type Files = Record<string, string>

/** What `reckon release` writes of this ledger; the present may be any. */
export async function released(held: Pick<TestLedger, 'url'>, args: string[] = [], now = () => new Date()) {
  const file = join(folder(), 'release.zip')
  const run = commandOn({ RECKONING_DATABASE_URL: held.url }, now)
  const told = await run('release', '1.0.0', '--out', file, ...args)
  expect(told).toMatchObject({ code: 0, stderr: '' })
  const bytes = readFileSync(file)
  const files: Files = Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, text]) => [name, strFromU8(text)]),
  )
  return { bytes, files, told: told.stdout, file, run }
}

/** The rows of a table, by a parser that is not ours. */
export const rowsIn = (files: Files, name: string): Record<string, string>[] =>
  parse(files[`${name}.csv`] ?? '', { columns: true })
