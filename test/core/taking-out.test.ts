import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type EntryType, entryTypes, payloads } from '../../src/core/entry.ts'
import { NO_ADDRESS, TAKEN_OUT } from '../../src/core/redaction.ts'
import { phrasesIn, sharing, telling, withoutPhrases } from '../../src/core/removal.ts'
import {
  type Recorded,
  type Removal,
  replacementProblem,
  takenOut,
  textsOf,
} from '../../src/core/taking-out.ts'
import { records } from '../interchange/records.ts'

/** Another name for each. */
const others = new Map<string, string>()
const another = (part: string): string => {
  const made = others.get(part) ?? `taken-out-${String(others.size).padStart(8, '0')}`
  others.set(part, made)
  return made
}

const ALL: Removal = {
  whole: () => true,
  without: (text) => text,
  shares: () => true,
  renamed: (id) => id.split('_').map(another).join('_'),
}
const only = (phrases: readonly string[]): Removal => ({
  whole: () => false,
  without: withoutPhrases(phrasesIn(phrases)),
  shares: sharing(phrases),
  renamed: (id) => id,
})

const resolution = {
  id: 'r1',
  question: 'no-new-war',
  outcome: 'yes',
  known_on: '2027-01-01',
  time_zone: 'UTC',
  evidence: [{ url: 'https://example.com/kalachev', says: 'Kalachev says so.', accessed: '2027-01-02' }],
  rationale: 'As Konstantin Kalachev said himself.',
}
const source = {
  record: {
    id: 'an-interview',
    type: 'interview',
    title: 'Kalachev: no war',
    url: 'https://example.com/Konstantin%20Kalachev',
    published: '2026-11-01',
    text_sha256: '0'.repeat(64),
  },
}

describe('what is taken out', () => {
  it('is words, whatever their case and what stands between them, and not what only begins like them', () => {
    const without = withoutPhrases(phrasesIn(['Konstantin Kalachev', 'Ada']))
    expect(without('KONSTANTIN\nKalachev, Ada’s and Adam’s friend')).toBe(
      `${TAKEN_OUT}, ${TAKEN_OUT}’s and Adam’s friend`,
    )
    expect(withoutPhrases(phrasesIn(['Ёлка Иванова']))('о Ёлка-Иванова')).toBe(`о ${TAKEN_OUT}`)
    expect(phrasesIn(['—'])).toBeNull()
  })

  it('leaves outcome, day and number, and gives an address that must be there another', () => {
    expect(takenOut('resolution.proposed', resolution, only(['Kalachev']))).toEqual({
      ...resolution,
      evidence: [{ url: NO_ADDRESS, says: `${TAKEN_OUT} says so.`, accessed: '2027-01-02' }],
      rationale: `As Konstantin ${TAKEN_OUT} said himself.`,
    })
    const { url: _, ...rest } = source.record
    expect(takenOut('source.recorded', source, only(['Konstantin Kalachev']))).toEqual({ record: rest })
  })

  it('is the same object where there is nothing of it', () => {
    expect(takenOut('source.recorded', source, only(['somebody else']))).toBe(source)
  })

  it('tells an id by a name that stands whole in it, and by three words of a sentence only where it was made from that', () => {
    const tells = telling(['Константин Калачёв', 'there will be no new war this year'])
    expect(tells('interview-with-konstantin-kalachev', false)).toBe(true)
    expect(tells('konstantin-kalachevsky', false)).toBe(false)
    expect([tells('no-new-war', true), tells('no-new-war', false)]).toEqual([true, false])
  })
})

describe('a replacement', () => {
  const problem = (after: Recorded) => replacementProblem('resolution.proposed', resolution, after)
  it('may change words, and may not change anything else', () => {
    expect(problem({ ...resolution, rationale: TAKEN_OUT })).toBeNull()
    expect(problem({ ...resolution, question: 'taken-out-a1b2c3d4' })).toBeNull()
    expect(problem({ ...resolution, question: 'another' })).toContain('/question')
    expect(problem({ ...resolution, outcome: 'no' })).toContain('/outcome')
    expect(problem({ ...resolution, known_on: '2027-01-02' })).toContain('/known_on')
    expect(problem({ ...resolution, evidence: [] })).toContain('/evidence')
    const { rationale: _, ...less } = resolution
    expect(problem(less)).toContain('/rationale')
    expect(problem({ ...resolution, supersedes: 'r0' })).toContain('/supersedes')
    expect(replacementProblem('policy.changed', {}, {})).toContain('policy.changed')
    // Who may do what stays, when the name of a member goes.
    const member = { member: 'm1', name: 'Ada', role: 'reader' }
    expect(replacementProblem('member.added', member, { ...member, name: 'a former member' })).toBeNull()
    expect(replacementProblem('member.added', member, { ...member, role: 'admin' })).toContain('/role')
  })
})

/** The records of a ledger as entries hold them. */
const entries = records.map((all) => {
  const { sources, analysts, questions, statements, forecasts } = all as unknown as Record<
    string,
    { record: Recorded }[]
  >
  const made: [EntryType, Recorded][] = [
    ...(sources ?? []).map(({ record }) => ['source.recorded', { record }] as [EntryType, Recorded]),
    ...(analysts ?? []).map(({ record }) => ['analyst.recorded', { record }] as [EntryType, Recorded]),
    ...(questions ?? []).map(({ record }) => ['question.recorded', record] as [EntryType, Recorded]),
    ...((statements ?? []) as unknown as Recorded[]).map(
      ({ verified_by_ear: _, ...record }) => ['statement.recorded', record] as [EntryType, Recorded],
    ),
    ...(forecasts ?? []).map(({ record }) => ['forecast.recorded', record] as [EntryType, Recorded]),
  ]
  return made.filter(([type, recorded]) => payloads[type].safeParse(recorded).success)
})

test('whatever is recorded, all of its words can be taken out, and nothing but words changes', () => {
  const seen = new Set<EntryType>()
  void fc.assert(
    fc.property(entries, (all) => {
      for (const [type, recorded] of all) {
        seen.add(type)
        const made = takenOut(type, recorded, ALL)
        expect(payloads[type].safeParse(made).error).toBeUndefined()
        expect(replacementProblem(type, recorded, made)).toBeNull()
        for (const { text } of textsOf(type, made)) expect([TAKEN_OUT, NO_ADDRESS]).toContain(text)
      }
    }),
    { numRuns: 40 },
  )
  expect([...seen].sort()).toEqual([
    'analyst.recorded',
    'forecast.recorded',
    'question.recorded',
    'source.recorded',
    'statement.recorded',
  ])
})

test('nothing is taken out of entries that say by which rules, when, and what words mean', () => {
  const whole = entryTypes.filter((type) => replacementProblem(type, {}, {}) !== null)
  expect(whole).toEqual([
    'policy.changed',
    'lexicon.measured',
    'clock.accepted',
    'clock.corrected',
    'log.restored',
  ])
})
