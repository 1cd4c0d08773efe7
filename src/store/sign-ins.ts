import type { SignInKind } from '../core/member.ts'
import type { Database, Row, Statement } from './database.ts'
import { ask, type Query, query } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { orNull, rowOf, text, word } from './row.ts'

const toSignIn = rowOf({
  id: text,
  member: text,
  kind: word<SignInKind>(),
  /** What a passkey is called, or where an account is. */
  name: text,
  added_at: text,
  /** Of an account: the address by which an administrator named it; of letters: where they go. */
  email: orNull(text),
})
export type SignInRow = ReturnType<typeof toSignIn>

/** The ways to sign in that a member has, or all, in the order in which they were added. */
export const signInsOf = (member: string | null): Query<SignInRow[]> =>
  query(
    {
      sql: `SELECT sign_in.*, sign_in_key.email FROM sign_in JOIN sign_in_key ON sign_in_key.id = sign_in.id
        WHERE removed_at IS NULL AND (:member IS NULL OR sign_in.member = :member) ORDER BY added_at, sign_in.id`,
      args: { member },
    },
    (rows) => rows.map(toSignIn),
  )

/** By what something from outside is known: a passkey by its id, an account by its issuer and its number or address. */
export const knownBy = {
  passkey: (id: string): string => `passkey ${id}`,
  account: (issuer: string, subject: string): string => `account ${issuer} ${subject}`,
  /** Links in letters to the confirmed address of a member, by the target that the letters go to. */
  letters: (target: string): string => `letters ${target}`,
  /** Until the account has signed in once. */
  address: (issuer: string, email: string): string => `address ${issuer} ${email.toLowerCase()}`,
}

const toKey = rowOf({ id: text, member: text, public_key: orNull(text) })
export type SignInKey = ReturnType<typeof toKey>

/** What stands behind one of these names, the first that is there; null for none. */
export async function findSignIn(
  db: Database,
  names: readonly string[],
): Promise<(SignInKey & { known_by: string }) | null> {
  const rows = await db.read({
    sql: `SELECT sign_in_key.id, sign_in_key.member, public_key, known_by FROM json_each(:names) AS name
      JOIN sign_in_key ON sign_in_key.known_by = name.value ORDER BY name.key LIMIT 1`,
    args: { names: JSON.stringify(names) },
  })
  return rows.map((row: Row) => ({ ...toKey(row), known_by: String(row.known_by) }))[0] ?? null
}

export const listSignIns = (db: Database, member: string | null) => ask(db, signInsOf(member))

export const keepSignIn = (key: {
  id: string
  member: string
  known_by: string
  public_key: string | null
  email: string | null
}): Statement => ({
  sql: `INSERT INTO sign_in_key (id, member, known_by, public_key, email)
    VALUES (:id, :member, :known_by, :public_key, :email)`,
  args: key,
})

/** An address that was named is this account from now on, whatever address it has later. */
export const bindSignIn = (id: string, from: string, to: string): Statement[] => [
  refuseWhere('SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM sign_in_key WHERE id = :id AND known_by = :from)', {
    id,
    from,
  }),
  { sql: 'UPDATE sign_in_key SET known_by = :to WHERE id = :id', args: { id, to } },
]

export const dropSignIn = (id: string): Statement => ({
  sql: 'DELETE FROM sign_in_key WHERE id = :id',
  args: { id },
})

/** A challenge to a passkey: to one of a member who adds it, or to whichever signs somebody in. */
export const keepChallenge = (id: string, member: string | null, now: Date, until: Date): Statement[] => [
  { sql: 'DELETE FROM challenge WHERE expires_at <= :now', args: { now: now.toISOString() } },
  {
    sql: 'INSERT INTO challenge (id, member, expires_at) VALUES (:id, :member, :until)',
    args: { id, member, until: until.toISOString() },
  },
]

/** Uses a challenge up; answers whether it was there for this member, or for signing in. */
export async function answerChallenge(
  db: Database,
  id: string,
  member: string | null,
  now: Date,
): Promise<boolean> {
  const [used = []] = await db.write([
    {
      sql: 'DELETE FROM challenge WHERE id = :id AND member IS :member AND expires_at > :now RETURNING id',
      args: { id, member, now: now.toISOString() },
    },
  ])
  return used.length === 1
}
