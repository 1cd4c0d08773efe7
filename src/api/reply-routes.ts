import * as z from 'zod'
import { Instant } from '../core/calendar.ts'
import { RandomId } from '../core/member.ts'
import {
  ANSWER_DAYS,
  AnswerDays,
  answerBy,
  DecisionTimes,
  OBJECTION_HOURS,
  ObjectionHours,
} from '../core/objection.ts'
import { ReplyRefusal } from '../core/reply-link.ts'
import { StatementId } from '../core/slug.ts'
import * as paths from '../http/paths.ts'
import { openReplyLink, publishLinkedReply, refuseLinkedReply } from '../ledger/forecast/reply-link.ts'
import { changeDecisionTimes } from '../ledger/members/decision-times.ts'
import { MOST } from '../store/lookups.ts'
import { policyInForce, readPolicy } from '../store/members.ts'
import { ask, together } from '../store/query.ts'
import { waitingReplies } from '../store/reply-links.ts'
import * as answers from './answers.ts'
import { recordOf } from './record.ts'
import { act, type Route, read } from './route.ts'

const ReplyLinkAnswer = z.strictObject({
  id: z.string(),
  path: z.string().describe('Below the address of this ledger; with its secret, shown this once.'),
  expires_at: Instant,
})
const WaitingAnswer = z.strictObject({
  replies: z
    .array(
      z.strictObject({
        forecast: StatementId,
        title: z.string().describe('Of the question.'),
        link: z.string().nullable().describe('Through which it was sent; null where a member heard it.'),
        by: RandomId.describe('Who heard it, or made the link.'),
        at: Instant,
        text: z.string(),
        correction: z.string().nullable().describe('What the editors are asked, which is never published.'),
        answer_by: Instant,
      }),
    )
    .max(MOST)
    .describe('The longest first.'),
})
const TimesAnswer = z.strictObject({ objection_hours: ObjectionHours, answer_days: AnswerDays })

/** Replies of persons concerned that wait, the links by which they send them, and how long things may take. */
export const replyRoutes: Route[] = [
  act({
    path: '/forecasts/:id/reply-links',
    summary:
      'Makes a link by which the person concerned sends a reply without an account: once, within 30 days. Nothing is published by it.',
    role: 'recorder',
    status: 201,
    answer: ReplyLinkAnswer,
    run: async ({ ledger, unit, id }) => {
      const { link, ...made } = await openReplyLink(ledger, unit, id)
      return { body: { ...made, path: paths.reply({ link }) } }
    },
  }),
  read({
    path: '/replies/waiting',
    summary: 'Replies that a member heard, or that came through a link, and that wait to be published.',
    role: 'reader',
    fresh: true,
    answer: WaitingAnswer,
    run: async ({ db }) => {
      const { replies, policy } = await ask(db, together({ replies: waitingReplies, policy: policyInForce }))
      const days = policy?.answer_days ?? ANSWER_DAYS
      return { body: { replies: replies.map((one) => ({ ...one, answer_by: answerBy(one.at, days) })) } }
    },
  }),
  act({
    path: '/forecasts/:id/reply-links/:rid/publication',
    summary:
      'Publishes what was sent through a link, word for word. With four eyes in force another than who made the link does.',
    role: 'recorder',
    status: 201,
    answer: answers.ReplyRecord.extend({ seq: z.int().min(0) }),
    run: async ({ ledger, unit, id, rid }) => {
      const { event } = await publishLinkedReply(ledger, unit, id, rid)
      return { body: { ...recordOf(event), seq: event.seq } }
    },
  }),
  act({
    path: '/forecasts/:id/reply-links/:rid/refusal',
    summary: 'Does not publish what was sent through a link; whoever has the link can read why.',
    role: 'recorder',
    body: ReplyRefusal,
    answer: z.strictObject({ id: z.string(), because: z.string() }),
    run: async ({ ledger, unit, id, rid, body }) => {
      await refuseLinkedReply(ledger, unit, id, rid, body)
      return { body: { id: rid, ...body } }
    },
  }),
  read({
    path: '/decision-times',
    summary:
      'For how many hours an outcome is open to objection once it is confirmed, and in how many days a dispute or a waiting reply is to be answered.',
    answer: TimesAnswer,
    run: async ({ db }) => ({ body: timesOf(await readPolicy(db)) }),
  }),
  act({
    method: 'PUT',
    path: '/decision-times',
    summary:
      'Sets one of these times, or both. What is confirmed already keeps the time it was confirmed with.',
    role: 'admin',
    body: DecisionTimes,
    answer: TimesAnswer,
    run: async ({ ledger, db, unit, body }) => {
      await changeDecisionTimes(ledger, unit, body)
      return { body: timesOf(await readPolicy(db)) }
    },
  }),
]

const timesOf = (policy: Awaited<ReturnType<typeof readPolicy>>): z.infer<typeof TimesAnswer> => ({
  objection_hours: policy?.objection_hours ?? OBJECTION_HOURS,
  answer_days: policy?.answer_days ?? ANSWER_DAYS,
})
