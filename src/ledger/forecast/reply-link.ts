import { LedgerError, notFound } from '../../core/error.ts'
import {
  type LinkedReply,
  MOST_REPLY_LINKS,
  REPLY_LINK_DAYS,
  type ReplyRefusal,
} from '../../core/reply-link.ts'
import { textHash } from '../../log/entry.ts'
import { type Database, Refused } from '../../store/database.ts'
import { findForecast } from '../../store/lookups.ts'
import { fourEyesHold } from '../../store/members.ts'
import { ask } from '../../store/query.ts'
import {
  decideReplyLink,
  keepReplyLink,
  type ReplyLink,
  replyLinkById,
  useReplyLink,
} from '../../store/reply-links.ts'
import { draft, nextIn } from '../draft.ts'
import { type Answer, type Ledger, perform, requireRole, type Unit } from '../ledger.ts'
import { letters } from '../members/membership.ts'
import { equalInConstantTime } from '../members/secret.ts'
import { spend, weightOfText } from '../quota.ts'

const LINK = /^([A-Za-z0-9]{12})([A-Za-z0-9]{32})$/u

/** Answers a link for the person concerned, shown once: whoever has it can answer beside this forecast, once. Private. */
export async function openReplyLink(
  ledger: Ledger,
  unit: Unit,
  forecast: string,
): Promise<{ id: string; link: string; expires_at: string }> {
  requireRole(unit, 'recorder')
  if ((await findForecast(ledger.db, forecast)) === null) throw notFound('forecast', forecast)
  const [id, secret] = [letters(ledger, 12), letters(ledger, 32)]
  const expires_at = new Date(unit.now.getTime() + REPLY_LINK_DAYS * 86_400_000).toISOString()
  const made = { made_by: unit.by.member, made_at: unit.now.toISOString() }
  try {
    await ledger.db.write([
      ...keepReplyLink({ id, forecast, ...made, sha256: textHash(secret), expires_at }, MOST_REPLY_LINKS),
      ...(await spend(ledger.db, unit, weightOfText(id + secret))),
    ])
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new LedgerError(
      'conflict',
      `${MOST_REPLY_LINKS} links for a reply to this forecast wait to be used: use one of them, or wait until they end.`,
    )
  }
  return { id, link: id + secret, expires_at }
}

/** The link behind what somebody came with, also when it was used; null when it is unknown or has ended. */
export async function findReplyLink(db: Database, link: string, now: Date): Promise<ReplyLink | null> {
  const [, id = '', secret = ''] = LINK.exec(link) ?? []
  if (id === '') return null
  const [found] = await ask(db, replyLinkById(id))
  if (found === undefined || !equalInConstantTime(found.sha256, textHash(secret))) return null
  return new Date(found.expires_at) > now ? found : null
}

export const noReplyLink = () =>
  new LedgerError(
    'not_found',
    'This link is not known, or its time is over. Ask whoever gave it to you for another.',
  )

/** Takes what was sent through a link, by whoever had it. Nothing of it is published: it waits for members. */
export async function answerReplyLink(
  ledger: Ledger,
  now: Date,
  link: string,
  reply: LinkedReply,
): Promise<void> {
  const found = await findReplyLink(ledger.db, link, now)
  if (found === null) throw noReplyLink()
  try {
    if (found.answered_at !== null) throw new Refused('used')
    await ledger.db.write(useReplyLink(found.id, now.toISOString(), reply))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new LedgerError('already_decided', 'This link was used already: it works once.')
  }
}

/** What was sent through a link of a forecast and waits; with four eyes in force for another than who made the link. */
async function waiting(ledger: Ledger, unit: Unit, forecast: string, id: string) {
  const [link] = await ask(ledger.db, replyLinkById(id))
  if (link === undefined || link.forecast !== forecast) throw notFound('reply', id)
  const { answered_at, text } = link
  if (answered_at === null || text === null)
    throw new LedgerError('conflict', 'Nothing was sent through this link yet.')
  if (link.decided_at !== null)
    throw new LedgerError('already_decided', 'What was sent through this link is decided already.')
  if (link.made_by === unit.by.member && (await fourEyesHold(ledger.db)))
    throw new LedgerError(
      'four_eyes',
      'Somebody else than who made the link must decide what came through it.',
    )
  return { ...link, answered_at, text }
}

/** Publishes what was sent through a link, word for word, with who made the link: nobody knows who used it. */
export function publishLinkedReply(ledger: Ledger, unit: Unit, id: string, link: string): Promise<Answer> {
  requireRole(unit, 'recorder')
  return perform(ledger, unit, async () => {
    const forecast = await findForecast(ledger.db, id)
    if (forecast === null) throw notFound('forecast', id)
    const { text, answered_at, made_by, made_at } = await waiting(ledger, unit, id, link)
    const at = await nextIn(ledger.db, forecast.stream)
    const payload = {
      forecast: id,
      text,
      replied_on: answered_at.slice(0, 10),
      link: { made_by, made_at, used_at: answered_at },
    }
    return {
      entries: [draft(unit, 'reply.published', at, payload)],
      beside: decideReplyLink(link, unit.now.toISOString(), unit.by.member, null),
      claims: [`stream:${forecast.stream}`],
      answer: 0,
    }
  })
}

/** Does not publish what was sent through a link, with a reason that whoever has the link can read. Private. */
export async function refuseLinkedReply(
  ledger: Ledger,
  unit: Unit,
  id: string,
  link: string,
  { because }: ReplyRefusal,
): Promise<void> {
  requireRole(unit, 'recorder')
  await waiting(ledger, unit, id, link)
  try {
    await ledger.db.write([
      ...decideReplyLink(link, unit.now.toISOString(), unit.by.member, because),
      ...(await spend(ledger.db, unit, weightOfText(because))),
    ])
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new LedgerError('already_decided', 'What was sent through this link is decided already.')
  }
}
