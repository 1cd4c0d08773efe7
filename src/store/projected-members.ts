import { administrative } from '../core/author.ts'
import { cell, change, insert, type Projector, ROWS, update } from './projection-sql.ts'

/** Who keeps the ledger, and by which policy. */
export const memberProjectors: readonly Projector[] = [
  insert(
    'member.added',
    'member',
    ['id', 'name', 'role', 'machine', 'seq', 'at'],
    ({ n, at, payload: { id, name, role, machine } }) => [
      { n, at, id, name, role, machine: machine === true ? 1 : 0 },
    ],
  ),
  change(
    'member.changed',
    `UPDATE member SET role = coalesce(${cell('role')}, role), suspended = coalesce(${cell('suspended')}, suspended),
       because = ${cell('because')}
     FROM ${ROWS} WHERE member.id = ${cell('id')}`,
    ({ payload: { id, role, suspended, because } }) => [
      { id, role: role ?? null, suspended: suspended === undefined ? null : Number(suspended), because },
    ],
  ),
  insert(
    'token.issued',
    'token',
    ['id', 'stream', 'member', 'name', 'role', 'scopes', 'issued_at', 'expires_at'],
    ({ n, at, stream, payload: { id, member, name, role, scopes, expires_at } }) => [
      {
        ...{ n, id, stream, member, name, role, issued_at: at, expires_at: expires_at ?? null },
        scopes: scopes === undefined ? null : scopes.join(' '),
      },
    ],
  ),
  update('token.revoked', 'token', ['revoked_at'], ({ at, payload }) => [{ id: payload.id, revoked_at: at }]),
  insert(
    'member.sign_in_added',
    'sign_in',
    ['id', 'member', 'kind', 'name', 'added_at'],
    ({ n, at, payload: { id, sign_in, kind, name } }) => [
      { n, id: sign_in, member: id, kind, name, added_at: at },
    ],
  ),
  update('member.sign_in_removed', 'sign_in', ['removed_at'], ({ at, payload }) => [
    { id: payload.sign_in, removed_at: at },
  ]),
  ...administrative.map((type) => insert(type, 'administration', ['seq'], ({ n }) => [{ n }])),
  change(
    'policy.changed',
    `INSERT INTO policy (one, stream, four_eyes, four_eyes_in_force, objection_hours, answer_days)
     SELECT 1, ${cell('stream')}, ${cell('four_eyes')}, ${cell('in_force')}, ${cell('hours')}, ${cell('days')} FROM ${ROWS} WHERE true
     ON CONFLICT (one) DO UPDATE SET four_eyes = excluded.four_eyes, four_eyes_in_force = excluded.four_eyes_in_force,
       objection_hours = coalesce(excluded.objection_hours, objection_hours),
       answer_days = coalesce(excluded.answer_days, answer_days)`,
    ({ stream, payload }) => [
      {
        stream,
        four_eyes: payload.four_eyes,
        in_force: payload.four_eyes_in_force ? 1 : 0,
        hours: payload.objection_hours ?? null,
        days: payload.answer_days ?? null,
      },
    ],
  ),
]
