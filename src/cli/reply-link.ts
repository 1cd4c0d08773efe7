import { originOf } from '../config.ts'
import { instantText } from '../core/objection.ts'
import * as paths from '../http/paths.ts'
import { openReplyLink } from '../ledger/forecast/reply-link.ts'
import type { Command } from './command.ts'
import { actingMember, unitOf, withLedger } from './open-ledger.ts'

export const replyLink: Command = {
  name: 'reply-link',
  summary: 'make a link by which the person concerned replies',
  operands: { shown: 'FORECAST', least: 1, most: 1 },
  about:
    'Whoever has the link can send one reply to this forecast within 30 days, without an account. Nothing is published by it: it waits for members. Give it to the person concerned alone. The address is RECKONING_ORIGIN, or else HOST and PORT.',
  options: { member: { value: 'ID', about: 'who makes it, by id or name (the first administrator)' } },
  examples: [['reckon reply-link 2024-04-kalachev_no-new-war', 'For the person who said it.']],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const forecast = given.positionals[0] as string
      const unit = unitOf(context, await actingMember(held, given.text('member')))
      const { id, link, expires_at } = await openReplyLink(held.ledger, unit, forecast)
      const address = originOf(context.config()) + paths.reply({ link })
      return {
        text: `${address}\nIt works once, until ${instantText(expires_at)}.`,
        json: { id, forecast, link: address, expires_at },
      }
    }),
}
