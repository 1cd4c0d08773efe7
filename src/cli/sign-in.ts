import { originOf } from '../config.ts'
import * as paths from '../http/paths.ts'
import { openLink } from '../ledger/members/membership.ts'
import type { Command } from './command.ts'
import { actingMember, unitOf, withPreparedLedger } from './open-ledger.ts'

/** Where a one-time link leads. */
export const signInAddress = (origin: string, link: string): string => origin + paths.signIn({ token: link })

export const signIn: Command = {
  name: 'sign-in',
  summary: 'print a one-time link to sign in with',
  about:
    'The link works once, within 15 minutes, for the first administrator or for --member. Whoever has it is signed in as that member, so send it privately. The address is RECKONING_ORIGIN, or else HOST and PORT.',
  options: { member: { value: 'ID', about: 'the id or the name of the member who signs in' } },
  examples: [
    ['reckon sign-in', 'For the first administrator.'],
    ['reckon sign-in --member "Ada Lovelace"', 'For somebody else.'],
  ],
  run: (context, given) =>
    withPreparedLedger(context, async (opened) => {
      const member = await actingMember(opened, given.text('member'))
      const unit = unitOf(context, opened.administrator)
      const link = await openLink(opened.ledger, unit, member.id)
      const address = signInAddress(originOf(context.config()), link)
      return { text: address, json: { link: address, member: member.id, name: member.name, minutes: 15 } }
    }),
}
