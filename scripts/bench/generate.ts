import { addDays } from '../../src/core/calendar.ts'
import type { Draft, EntryType, Payload } from '../../src/core/entry.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { base64url } from '../../src/log/encoding.ts'
import { pause, random } from '../../src/node/runtime.ts'
import { append } from '../../src/store/append.ts'

/** A small seeded generator (mulberry32), so that every run makes the same ledger. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export type Size = { forecasts: number; analysts: number; sources: number; decided: number }
const CHUNK = 4_000
const DAY0 = '2016-01-01'

/**
 * Fills a founded ledger with invented forecasts: each on a question of its own, `decided` of them resolved.
 * Goes through the same append as every write.
 */
export async function generate(ledger: Ledger, by: string, size: Size, now: Date): Promise<void> {
  const chance = seeded(42)
  let drafts: Draft[] = []
  const put = <T extends EntryType>(
    type: T,
    stream: string,
    rev: number,
    refs: string[],
    payload: Payload<T>,
  ) => drafts.push({ type, stream, rev, by, refs, payload } as Draft)
  const flush = async () => {
    if (drafts.length > 0) await append(ledger.db, [{ entries: drafts }], now, random, pause)
    drafts = []
  }
  const stream = () => base64url(random(16))
  const analysts = Array.from({ length: size.analysts }, (_, i) => ({ id: `analyst-${i}`, stream: stream() }))
  for (const [i, analyst] of analysts.entries())
    put('analyst.recorded', analyst.stream, 0, [], {
      record: { id: analyst.id, name: `Invented Person ${i}` },
    })
  const perSource = Math.ceil(size.forecasts / size.sources)
  for (let s = 0, made = 0; s < size.sources; s++) {
    const source = { id: `source-${s}`, stream: stream() }
    const said = addDays(DAY0, Math.floor(chance() * 3000))
    put('source.recorded', source.stream, 0, [], {
      record: {
        id: source.id,
        type: 'interview',
        title: `Invented interview ${s}`,
        published: said,
        coverage: 'complete',
      },
    })
    for (let k = 0; k < perSource && made < size.forecasts; k++, made++) {
      const analyst = analysts[Math.floor(chance() * analysts.length)] as (typeof analysts)[number]
      const id = `${source.id}_claim-${k}`
      const [statement, question, forecast] = [stream(), stream(), stream()]
      const probability = Math.round(chance() * 20) / 20
      const deadline = addDays(said, 90 + Math.floor(chance() * 300))
      const decided = chance() < size.decided
      put('statement.recorded', statement, 0, [source.stream, analyst.stream], {
        id,
        source: source.id,
        analyst: analyst.id,
        quote: { exact: `Invented claim ${made} about the price of bread` },
        voice: 'quote',
        kind: 'forecast',
        checked: 'unchecked',
      })
      put('question.recorded', question, 0, [], {
        id,
        title: `Invented event ${made} happens`,
        criteria: 'It is reported by two newspapers of record.',
        deadline: { date: decided ? deadline : addDays(deadline, 5000), time_zone: 'UTC' },
        tags: [`topic-${Math.floor(chance() * 20)}`],
      })
      put('forecast.recorded', forecast, 0, [question, analyst.stream, statement], {
        id,
        question: id,
        analyst: analyst.id,
        statement: id,
        said_on: { from: said, to: said },
        probability,
      })
      if (decided) {
        const outcome = chance() < probability ? 'yes' : 'no'
        put('resolution.proposed', question, 1, [], {
          id: 'r1',
          question: id,
          time_zone: 'UTC',
          outcome,
          known_on: addDays(deadline, 1),
          evidence: [{ url: 'https://example.com/', says: 'It is so.', accessed: '2026-01-01' }],
          rationale: 'Invented.',
        })
        put('resolution.confirmed', question, 2, [], { question: id, id: 'r1' })
      }
      if (drafts.length >= CHUNK) await flush()
    }
  }
  await flush()
}
