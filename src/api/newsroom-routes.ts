import * as z from 'zod'
import { Instant } from '../core/calendar.ts'
import { ReplyRequest, WithdrawalRequest } from '../core/forecast.ts'
import { RandomId } from '../core/member.ts'
import {
  AskedRequest,
  AssignmentRequest,
  HeardRequest,
  NoteRequest,
  SnoozeRequest,
} from '../core/newsroom.ts'
import {
  assignQuestion,
  keepHeard,
  noteAsked,
  noteQuestion,
  snoozeQuestion,
  wakeQuestion,
} from '../ledger/newsroom/newsroom.ts'
import { readHeardOf } from '../store/documents/forecast.ts'
import { readDesk } from '../store/documents/question.ts'
import { askedAbout, deskOf, readHeard } from '../store/newsroom.ts'
import { ask } from '../store/query.ts'
import { type Act, type Asked, act, found, type Route, read } from './route.ts'

const Kept = { by: RandomId, at: Instant }
const DeskAnswer = z.strictObject({
  assignment: z.strictObject({ member: RandomId, ...Kept }).nullable(),
  snooze: SnoozeRequest.extend({ until_at: Kept.at, ...Kept }).nullable(),
  note: z.strictObject({ text: z.string(), ...Kept }).nullable(),
})
const AskedAnswer = z.strictObject({ asked: AskedRequest.extend(Kept) })

const HeardAnswer = z.strictObject({
  reply: ReplyRequest.extend(Kept).nullable(),
  withdrawal: WithdrawalRequest.extend(Kept).nullable(),
})

type Desk<B> = Pick<Act<B>, 'method' | 'path' | 'summary' | 'body'> & {
  keep: (asked: Asked<unknown, B>) => Promise<void>
}

/** A route that keeps something about a question, and answers what is kept of it then. */
const desk = <B = unknown>({ keep, ...route }: Desk<B>): Route =>
  act<B>({
    role: 'recorder',
    answer: DeskAnswer,
    ...route,
    run: async (asked) => {
      await keep(asked)
      return { body: await ask(asked.db, deskOf(asked.id)) }
    },
  })

/** What members keep among themselves: never in a public answer, in the log or in an export. */
export const newsroomRoutes: Route[] = [
  read({
    path: '/questions/:id/desk',
    summary: 'Who a question is assigned to, whether it is set aside, and the note of the newsroom.',
    role: 'reader',
    fresh: true,
    answer: DeskAnswer,
    run: async ({ db, id }) => ({
      body: found(await readDesk(db, id), 'question', id).desk,
    }),
  }),
  desk({
    method: 'PUT',
    path: '/questions/:id/assignment',
    summary: 'Assigns a question to a member, or without one to nobody.',
    body: AssignmentRequest,
    keep: ({ ledger, unit, id, body }) => assignQuestion(ledger, unit, id, body),
  }),
  desk({
    method: 'PUT',
    path: '/questions/:id/snooze',
    summary:
      'Sets a question aside in the inbox until a day, with a reason. Its deadline does not move, and it stays due.',
    body: SnoozeRequest,
    keep: ({ ledger, unit, id, body }) => snoozeQuestion(ledger, unit, id, body),
  }),
  desk({
    method: 'DELETE',
    path: '/questions/:id/snooze',
    summary: 'Takes up again a question that was set aside.',
    keep: ({ ledger, unit, id }) => wakeQuestion(ledger, unit, id),
  }),
  desk({
    method: 'PUT',
    path: '/questions/:id/note',
    summary: 'Keeps a note about a question. `read_at` is the `at` of the note that it takes the place of.',
    body: NoteRequest,
    keep: ({ ledger, unit, id, body }) => noteQuestion(ledger, unit, id, body),
  }),
  act({
    method: 'PUT',
    path: '/forecasts/:id/asked',
    summary: 'Keeps when the person concerned was asked for a reply, and by whom.',
    role: 'recorder',
    body: AskedRequest,
    answer: AskedAnswer,
    run: async ({ ledger, db, unit, body, id }) => {
      await noteAsked(ledger, unit, id, body)
      return { body: { asked: await ask(db, askedAbout(id)) } }
    },
  }),
  read({
    path: '/forecasts/:id/heard',
    summary: 'What a member heard from the person concerned and another has not recorded yet.',
    role: 'reader',
    fresh: true,
    answer: HeardAnswer,
    run: async ({ db, id }) => ({
      body: found(await readHeardOf(db, id), 'forecast', id).heard,
    }),
  }),
  act({
    method: 'PUT',
    path: '/forecasts/:id/heard',
    summary:
      'Keeps a reply or a withdrawal that one heard and that has no address: another member then records the same.',
    role: 'recorder',
    body: HeardRequest,
    answer: HeardAnswer,
    run: async ({ ledger, db, unit, body, id }) => {
      await keepHeard(ledger, unit, id, body)
      return { body: await readHeard(db, id) }
    },
  }),
]
