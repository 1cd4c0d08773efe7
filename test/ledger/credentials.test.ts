import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { CaptureDraft } from '../../src/core/capture.ts'
import { LedgerError } from '../../src/core/error.ts'
import { type Credential, type Role, roles, type Scope, scopes } from '../../src/core/member.ts'
import type { Ledger, Unit } from '../../src/ledger/ledger.ts'
import { issueToken } from '../../src/ledger/members/membership.ts'
import { listTokens } from '../../src/store/members.ts'
import { NOW, type TestLedger, testLedger } from '../support/ledger.ts'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))
const SOON = '2026-11-22T10:01:00.000Z'
const LATER = '2026-11-22T10:02:00.000Z'

/** What a call is about, besides what is common to all: whose, of what role, until when. */
type Case = { owner: 'own' | 'other'; role: Role; expires_at: string | null; scopes?: Scope[] }
const ANY: Case[] = [{ owner: 'own', role: 'reader', expires_at: null }]
const CASES: Case[] = (['own', 'other'] as const).flatMap((owner) =>
  roles.flatMap((role) => [null, SOON, LATER].map((expires_at) => ({ owner, role, expires_at }))),
)

/** The same held to less than the role has. */
const SCOPED: Case[] = roles.flatMap((role) =>
  scopes
    .slice(0, roles.indexOf(role) + 1)
    .map((scope) => ({ owner: 'own', role, expires_at: null, scopes: [scope] })),
)

const OWNERS = CASES.filter(({ role, expires_at }) => role === 'reader' && expires_at === null)

const rank = (role: Role) => roles.indexOf(role)
const until = (expires_at: string | null) =>
  expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(expires_at)

/** The whole rule: what may be done with a credential, computed from nothing but it and what is asked. */
const least = (role: Role) => (by: Credential) =>
  rank(by.role) >= rank(role) && (by.scopes?.includes(scopes[rank(role)] as Scope) ?? true)
const all = (role: Role) => scopes.slice(0, rank(role) + 1)
const within = (by: Credential, asked: Case) =>
  rank(asked.role) <= rank(by.role) &&
  until(asked.expires_at) <= until(by.expires_at) &&
  (asked.scopes ?? all(asked.role)).every((scope) => (by.scopes ?? scopes).includes(scope))
const isWhole = (by: Credential) =>
  by.expires_at === null && all('admin').every((scope) => (by.scopes ?? scopes).includes(scope))
const isAdmin = least('admin')

type Verb = {
  cases: readonly Case[]
  may: (by: Credential, asked: Case) => boolean
  call: (world: World, unit: Unit, asked: Case) => unknown
}
type World = TestLedger & { people: Record<Case['owner'], string>; n: () => number }

const nothing = 'nothing-here'
type AnyVerb = (ledger: Ledger, unit: Unit, ...rest: unknown[]) => unknown
const modules: Record<string, unknown>[] = await Promise.all(
  readdirSync(join(SRC, 'ledger'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => import(join(SRC, 'ledger', name))),
)
const verb = (name: string): AnyVerb => {
  const found = modules.find((module) => name in module)?.[name]
  if (found === undefined) throw new Error(`there is no verb ${name}`)
  return found as AnyVerb
}
/** Somebody who may do everything puts a case back to where it begins. */
const quietly = (work: unknown) => Promise.resolve(work).catch(() => undefined)

/** A verb that needs a role, called about a thing that is not there: it is refused for the role, or for that. */
const plain = (needs: Role, name: string, ...rest: unknown[]): [string, Verb] => [
  name,
  {
    cases: ANY,
    may: least(needs),
    call: ({ ledger }, unit) => verb(name)(ledger, unit, ...rest),
  },
]

const table = new Map<string, Verb>([
  plain('recorder', 'recordForecast', {}),
  plain('recorder', 'forecastAsLogged', {}),
  plain('recorder', 'recordStatement', {}),
  plain('recorder', 'recordQuestion', {}),
  plain('recorder', 'recordSource', {}),
  plain('recorder', 'recordAnalyst', {}),
  plain('admin', 'publishCorrectionPolicy', { text: 'We say so.', notice_days: 20 }),
  plain('recorder', 'closeReport', nothing, { outcome: 'not_changed', because: 'x' }),
  plain('recorder', 'discardReport', nothing),
  plain('recorder', 'importFiles', { files: [] }),
  plain('recorder', 'importTable', {}, {}),
  plain('recorder', 'importFolder', {
    analysts: [],
    sources: [],
    statements: [],
    questions: [],
    references: [],
    forecasts: [],
  }),
  plain('recorder', 'saveCapture', CaptureDraft.parse({ source: {}, text: 'x', marks: [] })),
  plain('recorder', 'deleteCapture', nothing),
  plain('recorder', 'logCapture', nothing),
  plain('recorder', 'captureAsLogged', {}),
  plain('recorder', 'askSecondReader', undefined, {}),
  plain('recorder', 'amendQuestion', nothing, {}),
  plain('recorder', 'recordReference', nothing, {}),
  plain('recorder', 'chooseReference', nothing, 'ref1'),
  plain('recorder', 'withdrawReference', nothing, 'ref1', {}),
  plain('recorder', 'withdrawForecast', nothing, {}),
  plain('recorder', 'publishReply', nothing, {}),
  plain('recorder', 'verifyStatement', nothing, {}),
  plain('recorder', 'assignQuestion', nothing, {}),
  plain('recorder', 'snoozeQuestion', nothing, {}),
  plain('recorder', 'wakeQuestion', nothing),
  plain('recorder', 'noteQuestion', nothing, {}),
  plain('recorder', 'noteAsked', nothing, {}),
  plain('recorder', 'keepHeard', nothing, {}),
  plain('recorder', 'openReplyLink', nothing),
  plain('recorder', 'publishLinkedReply', nothing, 'x'),
  plain('recorder', 'refuseLinkedReply', nothing, 'x', {}),
  plain('resolver', 'retractForecast', nothing, {}),
  plain('resolver', 'recordCondition', nothing, {}),
  plain('resolver', 'proposeResolution', nothing, {}),
  plain('resolver', 'sealOutcome', nothing, {}),
  plain('resolver', 'confirmResolution', nothing, 'r1'),
  plain('resolver', 'disputeResolution', nothing, 'r1', {}),
  plain('resolver', 'takeBackResolution', nothing, 'r1'),
  // No door calls it: the clock does, which has every right that it needs.
  ['flagDue', { cases: ANY, may: () => true, call: ({ ledger }, unit) => verb('flagDue')(ledger, unit) }],
  [
    'recordArchived',
    {
      cases: ANY,
      may: () => true,
      call: ({ ledger }, unit) => verb('recordArchived')(ledger, unit, nothing, {}),
    },
  ],
  plain('recorder', 'addArchiveLink', nothing, {}),
  ...(
    [
      ['addWebhook', { url: nothing }, false],
      ['removeWebhook', nothing],
      ['rotateWebhook', nothing],
      ['testWebhook', nothing],
      ['resumeWebhook', nothing],
    ] as const
  ).map(([name, ...given]) => plain('admin', name, ...given)),
  [
    'chooseReminders',
    {
      cases: ANY,
      // An address lets sign in: it is its member's whole self.
      may: (by) => within(by, { owner: 'own', role: 'admin', expires_at: null }),
      call: ({ ledger }, unit) => verb('chooseReminders')(ledger, unit, { email: null }),
    },
  ],
  [
    'confirmAgain',
    { cases: ANY, may: () => true, call: ({ ledger }, unit) => verb('confirmAgain')(ledger, unit) },
  ],
  plain('reader', 'recordAnchor', {}),
  plain('recorder', 'openRound', {}),
  plain('recorder', 'closeRound', nothing, {}),
  plain('recorder', 'saveCoding', nothing, {}),
  plain('recorder', 'submitCoding', nothing),
  plain('recorder', 'adjudicate', nothing, {}),
  plain('admin', 'publishCodebook', {}),
  plain('admin', 'changePolicy', 'auto'),
  plain('admin', 'changeDecisionTimes', { answer_days: 7 }),
  plain('admin', 'measureLexicon', {
    language: 'ru',
    measured_on: '2026-11-20',
    readers: 20,
    rows: [{ words: 'вероятно', low: 0.5, mid: 0.7, high: 0.9, n: 20 }],
  }),
  plain('admin', 'acceptClock', {}),
  plain('admin', 'correctClock', { from: 0, because: 'So.' }),
  plain('admin', 'acceptLoss', 'So.'),
  plain('admin', 'rotateKey', {}, { because: 'So.', isLost: false }),
  plain('admin', 'redact', { words: [nothing], because: 'So.', class: 'update' }),
  plain('admin', 'wouldRedact', { words: [nothing], because: 'So.', class: 'update' }),
  [
    'addMember',
    {
      cases: roles.map((role) => ({ owner: 'other', role, expires_at: null })),
      may: isAdmin,
      call: ({ ledger, n }, unit, { role }) =>
        verb('addMember')(ledger, unit, { name: `Somebody ${n()}`, role }),
    },
  ],
  [
    'changeMember',
    {
      // The other person is a reader: any role but that one raises them, for good.
      cases: roles.map((role) => ({ owner: 'other', role, expires_at: null })),
      may: (by, { role, owner }) =>
        isAdmin(by) && (role === 'reader' || within(by, { owner, role, expires_at: null })),
      call: async ({ ledger, unit: admin, people }, unit, { role }) => {
        await quietly(verb('changeMember')(ledger, admin, people.other, { role: 'reader', because: 'So.' }))
        return verb('changeMember')(ledger, unit, people.other, { role, because: 'So.' })
      },
    },
  ],
  [
    'signOutMember',
    {
      cases: OWNERS,
      may: (by, { owner }) => isAdmin(by) || (owner === 'own' && by.kind !== 'token'),
      call: ({ ledger, people }, unit, { owner }) => verb('signOutMember')(ledger, unit, people[owner]),
    },
  ],
  [
    'signOutSession',
    {
      cases: OWNERS,
      // Of somebody else's nobody but an admin is told that it is there.
      may: (by) => isAdmin(by) || by.kind !== 'token',
      call: ({ ledger }, unit) => verb('signOutSession')(ledger, unit, nothing),
    },
  ],
  [
    'signOutElsewhere',
    {
      cases: ANY,
      may: (by) => by.kind === 'session',
      call: ({ ledger }, unit) => verb('signOutElsewhere')(ledger, unit),
    },
  ],
  [
    'nameAccount',
    {
      cases: OWNERS,
      may: (by) => isAdmin(by) && isWhole(by),
      call: ({ ledger, people, n }, unit, { owner }) =>
        verb('nameAccount')(ledger, unit, {
          member: people[owner],
          email: `somebody-${n()}@example.org`,
          issuer: 'https://accounts.example',
        }),
    },
  ],
  [
    'addPasskey',
    {
      cases: ANY,
      may: (by) => by.kind === 'session',
      call: ({ ledger, n }, unit) =>
        verb('addPasskey')(ledger, unit, { name: 'phone', credential: `c${n()}`, public_key: 'x' }),
    },
  ],
  [
    'removeSignIn',
    {
      cases: ANY,
      may: (by) => isAdmin(by) || by.kind !== 'token',
      call: ({ ledger }, unit) => verb('removeSignIn')(ledger, unit, nothing),
    },
  ],
  [
    'openLink',
    {
      cases: OWNERS,
      may: (by) => isAdmin(by) && isWhole(by),
      call: ({ ledger, people }, unit, { owner }) => verb('openLink')(ledger, unit, people[owner]),
    },
  ],
  [
    'issueToken',
    {
      cases: [...CASES, ...SCOPED],
      // The other person is a reader, and nobody's token is more than its member.
      may: (by, asked) =>
        within(by, asked) && (asked.owner === 'own' || (isAdmin(by) && asked.role === 'reader')),
      call: ({ ledger, people }, unit, { owner, role, expires_at, scopes }) =>
        verb('issueToken')(ledger, unit, {
          member: people[owner],
          name: 'x',
          role,
          ...(expires_at === null ? {} : { expires_at }),
          ...(scopes === undefined ? {} : { scopes }),
        }),
    },
  ],
  [
    'revokeToken',
    {
      cases: CASES.filter(({ owner, role }) => owner === 'own' || role === 'reader'),
      may: (by, asked) =>
        isAdmin(by) || (asked.owner === 'own' && (by.kind !== 'token' || within(by, asked))),
      call: async (world, unit, asked) =>
        verb('revokeToken')(world.ledger, unit, await tokenOf(world, asked)),
    },
  ],
])

/** A token of that role and end, which still works. */
async function tokenOf({ ledger, unit, people }: World, { owner, role, expires_at }: Case): Promise<string> {
  const found = (await listTokens(ledger.db)).find(
    (token) =>
      token.member === people[owner] &&
      token.name === 'target' &&
      token.role === role &&
      token.expires_at === expires_at &&
      token.revoked_at === null,
  )
  if (found !== undefined) return found.id
  const request = { member: people[owner], name: 'target', role }
  const { id } = await issueToken(ledger, unit, expires_at === null ? request : { ...request, expires_at })
  return id
}

/** The member acts as admin, whatever the credential: a verb that looks at the member lets too much through. */
const credentials = (member: string): Credential[] =>
  roles.flatMap((role) => [
    { member, role, kind: 'session', id: 'a', expires_at: null },
    { member, role, kind: 'command', id: null, expires_at: null },
    { member, role, kind: 'token', id: 'b', expires_at: null },
    { member, role, kind: 'token', id: 'c', expires_at: SOON },
    ...scopes.map(
      (scope): Credential => ({ member, role, kind: 'token', id: 'd', expires_at: null, scopes: [scope] }),
    ),
    { member, role, kind: 'token', id: 'e', expires_at: null, scopes: ['log', 'admin'] },
  ])

async function isForbidden(work: () => unknown): Promise<boolean> {
  try {
    await work()
    return false
  } catch (error) {
    return error instanceof LedgerError && error.code === 'forbidden'
  }
}

test('every verb does for every credential what the rule says, and nothing else', async () => {
  const held = await testLedger()
  const other = await held.join('Other', 'reader')
  let count = 0
  const world: World = Object.assign(held, {
    people: { own: held.unit.by.member, other: other.member },
    n: () => ++count,
  })
  const wrong: unknown[] = []
  for (const [name, { cases, may, call }] of table)
    for (const by of credentials(world.people.own))
      for (const asked of cases) {
        const unit: Unit = { now: NOW, by }
        const forbidden = await isForbidden(() => call(world, unit, asked))
        if (forbidden === may(by, asked)) wrong.push({ name, by, asked, forbidden })
      }
  expect(wrong).toEqual([])
})

const FACES = /^(api|web|http|cli|demo|jobs|node)\/|^worker\.ts$/u
const read = (path: string) => readFileSync(join(SRC, path), 'utf8')
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/u.test(name))

/** What a file takes from the ledger's verbs, by name. */
const takenFrom = (path: string): string[] =>
  [...read(path).matchAll(/import (?:type )?\{([^}]+)\} from '[./]+\/ledger\/[\w/-]+\.ts'/gu)].flatMap(
    ([, names]) => (names ?? '').split(',').map((name) => name.trim()),
  )

test('every verb that a page, the API, the command or the clock calls stands in the table', () => {
  const inLedger = files
    .filter((path) => path.startsWith('ledger/'))
    .map(read)
    .join('\n')
  const takes = [
    ...inLedger.matchAll(
      /export (?:(?:async )?function (\w+)(?:<[^>]*>)?|const (\w+) = )\(\s*ledger: Ledger,\s*unit: Unit\b/gu,
    ),
  ].map(([, declared, assigned]) => (declared ?? assigned) as string)
  const called = new Set(files.filter((path) => FACES.test(path)).flatMap(takenFrom))
  expect(takes.filter((name) => called.has(name)).toSorted()).toEqual([...table.keys()].toSorted())
})

test('only signing in opens a secret without a credential', () => {
  expect(files.filter((path) => FACES.test(path) && takenFrom(path).includes('openSecret'))).toEqual([
    'http/session.ts',
    // The link of whoever asked for one goes to the address that they confirmed.
    'jobs/notify/notify.ts',
  ])
})
