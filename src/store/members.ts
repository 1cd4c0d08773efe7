import { type Credential, type FourEyes, may, type Role, type Scope } from '../core/member.ts'
import { ANSWER_DAYS, OBJECTION_HOURS } from '../core/objection.ts'
import type { Database, Row, Statement } from './database.ts'
import { ask, type Query, query } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { flag, orNull, rowOf, text, word } from './row.ts'

const toMember = rowOf({
  id: text,
  name: text,
  role: word<Role>(),
  machine: flag,
  suspended: flag,
  /** Why they were changed last. */
  because: orNull(text),
  at: text,
})
export type MemberRow = ReturnType<typeof toMember>

const scopesIn = (value: unknown): readonly Scope[] | null =>
  value === null ? null : (String(value).split(' ') as Scope[])

const toToken = rowOf({
  id: text,
  stream: text,
  member: text,
  name: text,
  role: word<Role>(),
  /** To what it is held within its role; null for nothing. */
  scopes: scopesIn,
  issued_at: text,
  expires_at: orNull(text),
  revoked_at: orNull(text),
})
export type TokenRow = ReturnType<typeof toToken>

const or =
  (usual: number) =>
  (value: unknown): number =>
    value === null || value === undefined ? usual : Number(value)

const toPolicy = rowOf({
  stream: text,
  four_eyes: word<FourEyes>(),
  four_eyes_in_force: flag,
  /** A ledger of before there were such times has the usual ones. */
  objection_hours: or(OBJECTION_HOURS),
  answer_days: or(ANSWER_DAYS),
})
export type Policy = ReturnType<typeof toPolicy>

/** Everybody, machines included, in the order in which they were added. */
export const everyMember = query({ sql: 'SELECT * FROM member ORDER BY seq' }, (rows) => rows.map(toMember))
export const listMembers = (db: Database) => ask(db, everyMember)

export const everyToken = query({ sql: 'SELECT * FROM token ORDER BY issued_at, id' }, (rows) =>
  rows.map(toToken),
)
export const listTokens = (db: Database) => ask(db, everyToken)

export async function findToken(db: Database, id: string): Promise<TokenRow | null> {
  const [row] = await db.read({ sql: 'SELECT * FROM token WHERE id = :id', args: { id } })
  return row === undefined ? null : toToken(row)
}

/** The policy in force; null in a ledger that has no member yet. */
export const policyInForce: Query<Policy | null> = query({ sql: 'SELECT * FROM policy' }, ([row]) =>
  row === undefined ? null : toPolicy(row),
)
export const readPolicy = (db: Database) => ask(db, policyInForce)

/** Whether what is decided now needs a second member. */
export const fourEyesHold = async (db: Database): Promise<boolean> =>
  (await readPolicy(db))?.four_eyes_in_force ?? false

export type SecretKind = 'token' | 'session' | 'link'
/** Who stands behind a secret, and what it lets them do. */
export type Bearer = Credential & {
  name: string
  id: string
  /** Of a session: the day on which it was used last. */
  seen_on: string | null
}

/**
 * What a secret is good for now, and the hash to compare it with; null when it is unknown, expired or revoked, and
 * while its member is suspended. No secret lets do more than its member may do at present.
 */
export const bearerBehind = (
  kind: SecretKind,
  id: string,
  now: Date,
): Query<{ bearer: Bearer; sha256: string } | null> =>
  query(
    {
      sql: `SELECT secret.member, secret.sha256, secret.expires_at, secret.seen_on, member.name, member.role, token.role AS token_role,
          token.scopes AS token_scopes
        FROM secret JOIN member ON member.id = secret.member LEFT JOIN token ON token.id = secret.id
        WHERE secret.id = :id AND secret.kind = :kind AND (secret.expires_at IS NULL OR secret.expires_at > :now)
          AND token.revoked_at IS NULL AND member.suspended = 0`,
      args: { id, kind, now: now.toISOString() },
    },
    ([row]) => (row === undefined ? null : toBearer(row, kind, id)),
  )

function toBearer(row: Row, kind: SecretKind, id: string): { bearer: Bearer; sha256: string } {
  const role = row.role as Role
  const given = (row.token_role ?? role) as Role
  const isToken = kind === 'token'
  const scopes = scopesIn(row.token_scopes)
  const bearer: Bearer = {
    member: String(row.member),
    name: String(row.name),
    role: may(role, given) ? given : role,
    ...(scopes === null ? {} : { scopes }),
    kind: isToken ? 'token' : 'session',
    id,
    seen_on: row.seen_on === null ? null : String(row.seen_on),
    expires_at: isToken && row.expires_at !== null ? String(row.expires_at) : null,
  }
  return { bearer, sha256: String(row.sha256) }
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10)

const LIVE = 'member = :member AND kind = :kind AND (expires_at IS NULL OR expires_at > :now)'

/** How many secrets of a kind a member has that still work. */
export async function countSecrets(
  db: Database,
  member: string,
  kind: SecretKind,
  now: Date,
): Promise<number> {
  const [row] = await db.read({
    sql: `SELECT count(*) AS n FROM secret WHERE ${LIVE}`,
    args: { member, kind, now: now.toISOString() },
  })
  return Number(row?.n ?? 0)
}

/**
 * Keeps a secret, unless its member was suspended meanwhile; the batch is refused where the member has more than `most`
 * of its kind that still work.
 */
export const keepSecret = (
  secret: {
    id: string
    kind: SecretKind
    member: string
    sha256: string
    expires_at: string | null
    /** Of a session: the browser as it calls itself. */
    browser?: string | null
  },
  now: Date,
  most: number,
): Statement[] => [
  {
    sql: `INSERT INTO secret (id, kind, member, sha256, expires_at, begun_at, seen_on, browser)
      SELECT :id, :kind, id, :sha256, :expires_at, :now, :day, :browser
      FROM member WHERE id = :member AND suspended = 0`,
    args: { browser: null, ...secret, now: now.toISOString(), day: dayOf(now) },
  },
  refuseWhere(`SELECT 1 WHERE (SELECT count(*) FROM secret WHERE ${LIVE}) > :most`, {
    member: secret.member,
    kind: secret.kind,
    now: now.toISOString(),
    most: BigInt(most),
  }),
]

/** Ends the oldest sessions of a member but for so many. */
export const endOldestSessions = (member: string, but: number): Statement => ({
  sql: `DELETE FROM secret WHERE id IN (
    SELECT id FROM secret WHERE member = :member AND kind = 'session' ORDER BY expires_at DESC LIMIT -1 OFFSET :but)`,
  args: { member, but: BigInt(but) },
})

export const dropSecret = (id: string): Statement => ({
  sql: 'DELETE FROM secret WHERE id = :id',
  args: { id },
})

/** A link works once: the batch is refused where it is gone. */
export const useUp = (id: string): Statement[] => [
  refuseWhere('SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM secret WHERE id = :id)', { id }),
  dropSecret(id),
]

/** Sessions and links only: a token that a wrong clock took for expired works again when the clock is right. */
export const dropExpired = (now: Date): Statement => ({
  sql: "DELETE FROM secret WHERE kind <> 'token' AND expires_at <= :now RETURNING id",
  args: { now: now.toISOString() },
})

/** Ends every session and unused link of a member; answers a row for each. */
export const dropSignIns = (member: string): Statement => ({
  sql: "DELETE FROM secret WHERE member = :member AND kind <> 'token' RETURNING id",
  args: { member },
})

/** Ends one session of a member. */
export const endSession = (member: string, id: string): Statement => ({
  sql: "DELETE FROM secret WHERE id = :id AND member = :member AND kind = 'session' RETURNING id",
  args: { id, member },
})

/** Ends the sessions of a member but for one, and the links not used yet; answers a row for each. */
export const dropOtherSignIns = (member: string, but: string): Statement => ({
  sql: "DELETE FROM secret WHERE member = :member AND kind <> 'token' AND id <> :but RETURNING id",
  args: { member, but },
})

const toSession = rowOf({
  id: text,
  member: text,
  /** Null where it began before that was kept. */
  begun_at: orNull(text),
  /** The day on which it was used last, by UTC. */
  seen_on: orNull(text),
  /** What browser it said it was. */
  browser: orNull(text),
  expires_at: text,
})
export type SessionRow = ReturnType<typeof toSession>

/** The sessions of a member, or of all, that have not ended: the latest first. */
export const sessionsOf = (member: string | null, now: Date): Query<SessionRow[]> =>
  query(
    {
      sql: `SELECT id, member, begun_at, seen_on, browser, expires_at FROM secret
        WHERE kind = 'session' AND expires_at > :now AND (:member IS NULL OR member = :member)
        ORDER BY expires_at DESC, id`,
      args: { member, now: now.toISOString() },
    },
    (rows) => rows.map(toSession),
  )

/** Notes the day of a session; a row where it was another one. */
export const seeSession = (id: string, now: Date): Statement => ({
  sql: "UPDATE secret SET seen_on = :day WHERE id = :id AND kind = 'session' AND seen_on IS NOT :day",
  args: { id, day: dayOf(now) },
})

/**
 * What holds after every change of members or policy, in the same batch, where two could meet: somebody is left who
 * looks after the ledger, and with two who may resolve an `auto` policy is in force.
 */
export const keepingOrder = (): Statement =>
  refuseWhere(
    `SELECT 1 FROM (
      SELECT count(*) FILTER (WHERE role = 'admin') AS admins, count(*) AS resolvers
      FROM member WHERE machine = 0 AND suspended = 0 AND role IN ('resolver', 'admin')) AS active
    WHERE active.admins = 0 OR (active.resolvers > 1 AND EXISTS (
      SELECT 1 FROM policy WHERE four_eyes = 'auto' AND four_eyes_in_force = 0))`,
  )
