import { describe, expect, it } from 'vitest'
import { type Changes, changed, inFile, onPage } from './doors.ts'
import { CONDITION, doors, ids, question, standing, unwritten } from './standing.ts'

standing()

/** A resolution as the API takes it, of a question whose deadline has passed. */
const RESOLUTION = {
  outcome: 'no',
  known_on: '2026-11-22',
  evidence: [{ url: 'https://bank.example/rate', says: 'The rate stays.', accessed: '2026-11-22' }],
  rationale: 'No lower rate was published.',
}

type Outcome = {
  what: string
  asked: 'past' | 'open'
  changes: Changes
  at: string
  says: string
  /** What the form says where it also names what was typed. */
  saysThere?: string
  option?: string
  page?: false
}

const outcomes: Outcome[] = [
  {
    what: 'one before the deadline',
    asked: 'open',
    changes: {},
    at: '/outcome',
    says: 'cannot be decided before the deadline of 2026-12-31 has passed; if it can, say why in because_early',
  },
  {
    what: 'one that was known before the deadline',
    asked: 'past',
    changes: { '/known_on': '2026-11-14' },
    at: '/known_on',
    says: 'lies before the deadline of 2026-11-15: this outcome was not known then; if it was, say why in because_early',
  },
  {
    what: 'an ambiguous one that was known before the deadline',
    asked: 'past',
    changes: { '/outcome': 'ambiguous', '/known_on': '2026-11-14' },
    at: '/known_on',
    says: 'lies before the deadline of 2026-11-15: this outcome was not known then; if it was, say why in because_early',
  },
  {
    what: 'one that will be known',
    asked: 'past',
    changes: { '/known_on': '2026-11-24' },
    at: '/known_on',
    says: 'lies in the future',
  },
  {
    what: 'one that was known on no day',
    asked: 'past',
    changes: { '/known_on': '2026-11-31' },
    at: '/known_on',
    says: 'is not a day of the calendar',
    saysThere: '“2026-11-31” is not a day of the calendar',
    option: '--known-on',
  },
  {
    what: 'evidence that will be read',
    asked: 'past',
    changes: { '/evidence/0/accessed': '2026-11-24' },
    at: '/evidence/0/accessed',
    says: 'lies in the future',
  },
  {
    what: 'evidence at no address',
    asked: 'past',
    changes: { '/evidence/0/url': 'bank.example/rate' },
    at: '/evidence/0/url',
    says: 'must be a full http or https address without user name or password',
    option: '--evidence',
  },
  {
    what: 'an answer that the question does not have',
    asked: 'past',
    changes: { '/outcome': 'perhaps' },
    at: '/outcome',
    says: 'must be "yes", "no", "annulled" or "ambiguous"',
  },
  {
    what: 'a condition that failed where there is none',
    asked: 'past',
    changes: { '/outcome': 'annulled', '/annulled_because': 'condition_not_met' },
    at: '/annulled_because',
    says: 'the question has no condition that could fail',
  },
  {
    what: 'a reason to annul for what is not annulled',
    asked: 'past',
    changes: { '/annulled_because': 'moot' },
    at: '/annulled_because',
    says: 'is given exactly when the outcome is "annulled": condition_not_met or moot',
    option: '--annulled-because',
    // The form asks why only where it was annulled.
    page: false,
  },
  {
    what: 'one without a rationale',
    asked: 'past',
    changes: { '/rationale': undefined },
    at: '/rationale',
    says: 'is required',
    option: '--rationale',
  },
]

const pieces = (evidence: typeof RESOLUTION.evidence) =>
  evidence.flatMap(({ url, says, accessed }) => ['--evidence', url, '--says', says, '--accessed', accessed])

/** A resolution as the options of `reckon resolve`. */
const optionsOf = ({ evidence, ...fields }: typeof RESOLUTION): string[] => [
  ...Object.entries(fields).flatMap(([key, value]) => [`--${key.replaceAll('_', '-')}`, value]),
  ...pieces(evidence),
]

/** The fields of a form with its evidence. */
const fieldsOf = ({ evidence, ...fields }: { evidence: typeof RESOLUTION.evidence }) => ({
  ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [`/${key}`, String(value)])),
  ...Object.fromEntries(
    evidence.flatMap((piece, i) =>
      Object.entries(piece).map(([key, value]) => [`/evidence/${i}/${key}`, value]),
    ),
  ),
})

/** A file with a question of its own, and what became of it. */
const decided = (asked: object, more: object) => ({
  'questions.yaml': { questions: [{ id: 'decided', ...asked, ...more }] },
})

describe('an outcome is refused alike at every door:', () => {
  describe.each(outcomes)('$what', ({ asked, changes, at, says, saysThere = says, option, page }) => {
    const body = changed(RESOLUTION, changes)
    const path = () => `/questions/${ids[asked]}/resolutions`

    it('by the API', async () => {
      expect(await unwritten(() => doors.api(`/api${path()}`, body))).toEqual([[at, says]])
    })

    if (page !== false)
      it('on the page', async () => {
        const refused = await unwritten(() => doors.page(path(), fieldsOf(body)))
        expect(refused).toEqual([onPage(`resolve-${ids[asked]}`, [at, saysThere])])
      })

    it('by the command', async () => {
      const refused = await unwritten(() => doors.refusedBy('resolve', ids[asked], ...optionsOf(body)))
      expect(refused).toEqual([[option ?? at, says]])
    })

    it('when a file is imported', async () => {
      const date = asked === 'past' ? '2026-11-15' : '2026-12-31'
      const file = decided(question('Another rate falls', { '/deadline/date': date }), { resolution: body })
      expect(await unwritten(() => doors.files(file))).toEqual([inFile([at, says])])
    })
  })
})

describe('a met condition is refused alike at every door:', () => {
  it.each([
    ['after its deadline', '2026-11-11', 'lies after the deadline of the condition, 2026-11-10'],
    ['in the future', '2026-11-24', 'lies in the future'],
  ])('%s', async (_, met_on, says) => {
    const { evidence } = RESOLUTION
    const path = `/questions/${ids.conditional}/condition`
    const at = '/met_on'
    expect(await unwritten(() => doors.api(`/api${path}`, { met_on, evidence }))).toEqual([[at, says]])
    expect(await unwritten(() => doors.page(path, fieldsOf({ met_on, evidence } as never)))).toEqual([
      onPage(`condition-${ids.conditional}`, [at, says]),
    ])
    const words = [ids.conditional, '--condition-met', met_on, ...pieces(evidence)]
    expect(await unwritten(() => doors.refusedBy('resolve', ...words))).toEqual([[at, says]])
    const asked = question('Another board cuts', { '/deadline/date': '2026-11-15', '/condition': CONDITION })
    const file = decided(asked, { condition_met: { met_on, evidence } })
    expect(await unwritten(() => doors.files(file))).toContainEqual(inFile([at, says]))
  })
})
