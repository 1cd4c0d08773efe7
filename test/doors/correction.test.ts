import { beforeAll, describe, expect, it } from 'vitest'
import { findQuestion } from '../../src/store/lookups.ts'
import { confirm, propose } from '../support/steps.ts'
import { inFile, onPage } from './doors.ts'
import { doors, FORECAST, filesOf, held, ids, question, standing, unwritten } from './standing.ts'

standing()

/** What somebody says of a change: of which class it is, and why. */
type Said = { class?: string; because?: string }

const ONE_OF = 'must be one of "correction", "clarification", "update"'
const IN_FILES = 'must be a reason, or one of correction, clarification and update with its reason'
const said = (fields: Said) =>
  Object.fromEntries(Object.entries(fields).map(([key, text]) => [`/${key}`, text]))
const options = (fields: Said) => Object.entries(fields).flatMap(([key, text]) => [`--${key}`, text])

/** Of which class, and why: what is wrong with that, as the API and the pages say it of every correction. */
const wrong = [
  {
    what: 'an unknown class',
    says: { class: 'improvement', because: 'A reader asked.' },
    at: '/class',
    is: ONE_OF,
  },
  { what: 'no reason', says: { class: 'update' }, at: '/because', is: 'is required' },
] as const

describe('an amendment is refused alike at every door with', () => {
  const criteria = 'The bank publishes a new rate.'
  const page = async (fields: Said) => {
    const { rev } = (await findQuestion(held.ledger.db, ids.open)) ?? { rev: 0 }
    const { deadline } = FORECAST.question
    return doors.page(`/questions/${ids.open}/amendments`, {
      rev: String(rev),
      '/title': 'The next rate falls',
      '/criteria': criteria,
      '/deadline/date': deadline.date,
      '/deadline/time_zone': deadline.time_zone,
      ...said(fields),
    })
  }
  const api = (fields: Said) => doors.api(`/api/questions/${ids.open}/amendments`, { criteria, ...fields })
  const file = (amends?: unknown) =>
    doors.files({
      'questions.yaml': {
        questions: [
          {
            id: ids.open,
            ...question('The next rate falls', { '/criteria': criteria }),
            ...(amends === undefined ? {} : { amends }),
          },
        ],
      },
    })

  it.each(wrong)('$what, by the API and on the page', async ({ says, at, is }) => {
    expect(await unwritten(() => api(says))).toEqual([[at, is]])
    expect(await unwritten(() => page(says))).toEqual([onPage('amend', [at, is])])
  })

  it.each([
    ['an unknown class', { improvement: 'A reader asked.' }, ['amends', IN_FILES]],
    ['two classes', { update: 'One.', correction: 'Another.' }, ['amends', IN_FILES]],
    ['a blank reason', { update: ' ' }, ['update', 'must not be blank']],
    ['no reason', '', ['amends', 'must not be blank']],
    [
      'nothing said',
      undefined,
      [
        '',
        'is in the ledger already and differs from this file; say why with `amends: <reason>` in the question',
      ],
    ],
  ] as const)('%s, when a file is imported', async (_, amends, refused) => {
    expect(await unwritten(() => file(amends))).toEqual([refused])
  })

  it('a blank reason, by the API and on the page', async () => {
    const says = { class: 'update', because: ' ' }
    expect(await unwritten(() => api(says))).toEqual([['/because', 'must not be blank']])
    expect(await unwritten(() => page(says))).toEqual([onPage('amend', ['/because', 'is required'])])
  })

  it('no class on the page, where nothing is chosen for anybody', async () => {
    expect(await unwritten(() => page({ because: 'A reader asked.' }))).toEqual([
      onPage('amend', ['/class', 'is required']),
    ])
  })
})

describe('an outcome that gives way is refused alike at every door with', () => {
  beforeAll(async () => {
    await propose(held, ids.past, { known_on: '2026-11-22', evidence: [piece] })
    await confirm(held, ids.past, 'r1')
  })
  const [piece] = [{ url: 'https://bank.example/rate', says: 'The rate stays.', accessed: '2026-11-22' }]
  const outcome = {
    outcome: 'ambiguous',
    known_on: '2026-11-22',
    rationale: 'It is not clear.',
    supersedes: 'r1',
  }
  const told = (changes: object) =>
    Object.entries({ ...outcome, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
  const api = (id: string, changes: object) =>
    doors.api(`/api/questions/${id}/resolutions`, { ...outcome, evidence: [piece], ...changes })
  const page = (changes: object) =>
    doors.page(`/questions/${ids.past}/resolutions`, {
      ...Object.fromEntries(told(changes).map(([key, text]) => [`/${key}`, text])),
      '/evidence/0/url': piece.url,
      '/evidence/0/says': piece.says,
      '/evidence/0/accessed': piece.accessed,
    })
  const command = (changes: object) =>
    doors.refusedBy(
      ...['resolve', ids.past, '--evidence', piece.url, '--says', piece.says],
      ...told(changes).flatMap(([key, text]) => [`--${key.replaceAll('_', '-')}`, text]),
    )
  const form = () => `resolve-${ids.past}`

  it('an unknown class', async () => {
    const changes = { class: 'improvement' }
    expect(await unwritten(() => api(ids.past, changes))).toEqual([['/class', ONE_OF]])
    expect(await unwritten(() => page(changes))).toEqual([onPage(form(), ['/class', ONE_OF])])
    expect(await unwritten(() => command(changes))).toEqual([
      ['--class', 'cannot be "improvement": it is one of correction, clarification, update'],
    ])
  })

  it('no rationale, which is its reason', async () => {
    const changes = { class: 'update', rationale: undefined }
    expect(await unwritten(() => api(ids.past, changes))).toEqual([['/rationale', 'is required']])
    expect(await unwritten(() => page(changes))).toEqual([onPage(form(), ['/rationale', 'is required'])])
    expect(await unwritten(() => command(changes))).toEqual([['--rationale', 'is required']])
  })

  it('no class on the page, where nothing is chosen for anybody', async () => {
    expect(await unwritten(() => page({}))).toEqual([onPage(form(), ['/class', 'is required'])])
  })

  it('a class where nothing is corrected', async () => {
    const at = '/class'
    const is = 'is said only where an outcome is in force that this corrects'
    const changes = { class: 'update', supersedes: undefined, outcome: 'annulled', annulled_because: 'moot' }
    expect(await unwritten(() => api(ids.conditional, changes))).toEqual([[at, is]])
  })

  it('any, when a file is imported: there an outcome is not corrected at all', async () => {
    const { supersedes: _, ...resolution } = { ...outcome, evidence: [piece] }
    const file = (more: object) =>
      doors.files({
        'questions.yaml': {
          questions: [
            {
              id: ids.past,
              ...question('The old rate falls', { '/deadline/date': '2026-11-15' }),
              resolution: { ...resolution, ...more },
            },
          ],
        },
      })
    for (const key of ['class', 'supersedes', 'amends'])
      expect(await unwritten(() => file({ [key]: 'update' }))).toEqual([[key, 'is no key of "resolution"']])
    expect(await unwritten(() => file({}))).toEqual([
      [
        '',
        'is in the ledger already and differs from this file; an outcome is corrected by a new resolution that supersedes it',
      ],
    ])
  })
})

describe('what says its class by its kind is refused alike at every door with', () => {
  const kinds = [
    { kind: 'withdrawal', key: 'withdrawn', sent: { withdrawn_on: '2026-11-21' } },
    { kind: 'retraction', key: 'retracted', sent: {} },
  ]
  it.each(kinds)('a class of its own: a $kind', async ({ kind, key, sent }) => {
    const body = { ...sent, because: 'A reader asked.', class: 'update' }
    expect(await unwritten(() => doors.api(`/api/forecasts/${ids.forecast}/${kind}`, body))).toEqual([
      ['/class', 'is not a known name'],
    ])
    const file = filesOf(FORECAST, { more: { [key]: body } })
    expect(await unwritten(() => doors.files(file))).toEqual([['class', `is no key of "${key}"`]])
  })

  it.each(kinds)('no reason: a $kind', async ({ kind, key, sent }) => {
    for (const [body, is] of [
      [sent, 'is required'],
      [{ ...sent, because: ' ' }, 'must not be blank'],
    ] as const) {
      const at: [string, string] = ['/because', is]
      expect(await unwritten(() => doors.api(`/api/forecasts/${ids.forecast}/${kind}`, body))).toEqual([at])
      const file = filesOf(FORECAST, { more: { [key]: body } })
      expect(await unwritten(() => doors.files(file))).toEqual([inFile(at)])
    }
  })
})

describe('a redaction is refused alike at every door with', () => {
  const words = 'likely'
  it.each([
    ...wrong.map((row) => ({
      ...row,
      command:
        row.at === '/class'
          ? ['--class', 'cannot be "improvement": it is one of correction, clarification, update']
          : ['--because', 'WHY is missing'],
    })),
    {
      what: 'no class',
      says: { because: 'Asked.' },
      at: '/class',
      is: 'is required',
      command: ['--class', 'CLASS is missing'],
    },
  ])('$what', async ({ says, at, is, command }) => {
    for (const path of ['/api/redactions', '/api/redactions/plan'])
      expect(await unwritten(() => doors.api(path, { words: [words], ...says }))).toEqual([[at, is]])
    for (const path of ['/settings/redactions/plan', '/settings/redactions/made'])
      expect(await unwritten(() => doors.page(path, { '/words': words, ...said(says) }))).toEqual([
        onPage('redaction', [at, is]),
      ])
    for (const yes of [[], ['--yes']])
      expect(
        await unwritten(() => doors.refusedBy('redact', '--words', words, ...options(says), ...yes)),
      ).toEqual([command])
  })
})
