import * as z from 'zod'
import { Instant } from '../core/calendar.ts'
import { LedgerError } from '../core/error.ts'
import { MemberChange, MemberRequest, RandomId, roles } from '../core/member.ts'
import { line } from '../core/text.ts'
import * as paths from '../http/paths.ts'
import { requireClock } from '../ledger/clock.ts'
import { notesOf } from '../ledger/log-keeper.ts'
import { changeMember, signOutMember } from '../ledger/members/change-member.ts'
import { addMember, issueToken, revokeToken } from '../ledger/members/membership.ts'
import { recordedAt } from '../store/clock.ts'
import { readEngine } from '../store/engine.ts'
import { readFirst, readStored } from '../store/events.ts'
import {
  findToken,
  listMembers,
  listTokens,
  type MemberRow,
  readPolicy,
  type TokenRow,
} from '../store/members.ts'
import { assertCurrent } from '../store/migrate.ts'
import type { Page } from '../store/query.ts'
import * as answers from './answers.ts'
import { SeqPlace } from './cursor.ts'
import { entryAnswer } from './record.ts'
import { act, fields, found, list, type Route, read, write } from './route.ts'

const TokenRequest = z.strictObject({
  member: RandomId,
  name: line(200),
  role: z.enum(roles),
  expires_at: Instant.optional(),
})

/** A page of a list that is short enough to be read whole. */
function pageOf<T>(all: T[], page: { limit: number; after?: number | undefined }): Page<T> {
  const from = page.after ?? 0
  const to = from + page.limit
  return { items: all.slice(from, to), next: to < all.length ? to : null }
}

const memberAnswer = ({ at, because: _, ...member }: MemberRow): z.infer<typeof answers.MemberAnswer> => ({
  ...member,
  added_at: at,
})
const tokenAnswer = ({ stream: _, ...token }: TokenRow): z.infer<typeof answers.TokenAnswer> => token

export const administrationRoutes: Route[] = [
  ...list({
    path: '/members',
    summary: 'The people who keep this ledger, and its machines, in the order in which they were added.',
    role: 'reader',
    query: {},
    item: answers.MemberAnswer,
    place: SeqPlace,
    list: async ({ db }, page) => pageOf(await listMembers(db), page),
    read: memberAnswer,
    columns: fields('id', 'name', 'role', 'machine', 'added_at', 'suspended'),
  }),
  write({
    path: '/members',
    summary: 'Adds a person. The second who may resolve turns four eyes on where the policy is `auto`.',
    role: 'admin',
    body: MemberRequest,
    record: answers.MemberRecord,
    location: () => paths.api.members(),
    run: ({ ledger, unit, body }) => addMember(ledger, unit, body),
  }),
  write({
    path: '/members/:id/changes',
    summary:
      'Suspends or reinstates a person, or gives them another role. It holds at once for all their tokens and sessions.',
    role: 'admin',
    body: MemberChange,
    record: answers.MemberChangeRecord,
    location: () => paths.api.members(),
    run: ({ ledger, unit, body, id }) => changeMember(ledger, unit, id, body),
  }),
  act({
    method: 'DELETE',
    path: '/members/:id/sign-ins',
    summary: 'Signs a person out in every browser, and takes back the links they have not used.',
    role: 'admin',
    answer: answers.SignedOut,
    run: async ({ ledger, unit, id }) => ({
      body: { id, ended: await signOutMember(ledger, unit, id) },
    }),
  }),
  ...list({
    path: '/tokens',
    summary: 'Tokens, oldest first, without their secrets.',
    role: 'admin',
    query: {},
    item: answers.TokenAnswer,
    place: SeqPlace,
    list: async ({ db }, page) => pageOf(await listTokens(db), page),
    read: tokenAnswer,
    columns: fields('id', 'member', 'name', 'role', 'issued_at', 'expires_at', 'revoked_at'),
  }),
  write({
    path: '/tokens',
    summary:
      'Issues a token for oneself, or as an administrator for anybody: never for more than the token in use, nor for longer. It is shown this once; a retry issues another.',
    role: 'reader',
    body: TokenRequest,
    replays: false,
    record: answers.TokenIssued,
    location: () => paths.api.tokens(),
    run: async ({ ledger, db, unit, body: { expires_at, ...request } }) => {
      const { idempotency: _, ...once } = unit
      const { token, id } = await issueToken(ledger, once, {
        ...request,
        ...(expires_at === undefined ? {} : { expires_at }),
      })
      const issued = found(await findToken(db, id), 'token', id)
      const event = await readFirst(db, issued.stream)
      if (event === null) throw new Error('a token that was issued has no entry')
      return { record: { ...event.payload, token }, seq: event.seq }
    },
  }),
  write({
    path: '/tokens/:id/revocation',
    summary:
      'Revokes the token in use or a lesser one of its member, or as an administrator anybody’s. It stops at once.',
    role: 'reader',
    record: answers.RevocationRecord,
    location: () => paths.api.tokens(),
    run: ({ ledger, unit, id }) => revokeToken(ledger, unit, id),
  }),
]

const Seq = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,14})$/u)
  .transform(Number)

export const operationRoutes: Route[] = [
  read({
    path: '/log/entries/:seq',
    summary:
      'One entry: the bytes that are hashed and what opens them. Members, tokens and policy stay sealed.',
    answer: answers.EntryAnswer,
    run: async ({ db, params: { seq = '' } }) => {
      const place = Seq.safeParse(seq)
      if (!place.success)
        throw new LedgerError('malformed', 'The place of an entry is a whole number from 0.')
      const [stored] = await readStored(db, place.data, 1)
      const entry = found(stored?.seq === place.data ? stored : null, 'entry', seq)
      return { body: entryAnswer(entry, await recordedAt(db, entry.seq)) }
    },
  }),
  read({
    path: '/health',
    summary: 'Whether the process answers, and how many entries the ledger has.',
    open: true,
    answer: answers.HealthAnswer,
    run: async ({ host }) => {
      const { seq } = await host.head()
      return { body: { status: 'ok', ledger_size: seq + 1, version: host.version } }
    },
  }),
  read({
    path: '/ready',
    summary:
      'Whether the ledger can be read and written; 503 with the reason while it is rebuilt, behind or damaged, cannot record, or the clock is in doubt.',
    open: true,
    answer: answers.ReadyAnswer,
    run: async ({ ledger, db, host }) => {
      const { fault, notes: around } = host.condition?.() ?? { fault: null, notes: [] }
      const notes = [...around, ...(ledger.log === undefined ? [] : notesOf(ledger.log))]
      if (fault !== null) throw new LedgerError(fault.code, [fault.message, ...notes].join(' '))
      await assertCurrent(db)
      await requireClock(ledger.clock)
      const policy = await readPolicy(db)
      const engine = await readEngine(db)
      return {
        body: {
          status: 'ready',
          four_eyes: policy?.four_eyes ?? null,
          notes,
          engine: { ...engine, driver: host.driver ?? null },
        },
        headers: { 'Cache-Control': 'no-store' },
      }
    },
  }),
]
