import type { Context, Hono } from 'hono'
import * as z from 'zod'
import { LedgerError } from '../core/error.ts'
import { LONGEST_NAME } from '../core/text.ts'
import { bodyBytes } from '../http/body.ts'
import type { Host } from '../http/host.ts'
import * as paths from '../http/paths.ts'
import { rateLimitOf } from '../http/rate-limit.ts'
import { originOf } from '../http/session.ts'
import { type Lookup, lookUp } from '../ledger/analyst/look-up.ts'
import { equalInConstantTime } from '../ledger/members/secret.ts'
import { verifies } from '../log/ed25519.ts'
import { fromHex, fromUtf8, hex, joined, utf8 } from '../log/encoding.ts'
import { hmacSha256 } from '../log/hmac.ts'

/** A slash command of Slack or Discord that looks up what to know before somebody is quoted; nothing is recorded. */

const MOST_BYTES = 64_000
const LONGEST_ASKED = 2000
/** A copy of a request that somebody recorded is of no use after this. */
const FRESH_S = 300
const A_MINUTE = 60
const MOST_SHOWN = 3

const ASK =
  'Say a name, or a passage that names somebody: what this ledger has on them is answered to you alone.'
const NOBODY =
  'Nobody whom this ledger follows is named there. That says nothing about how far anybody can be relied on.'

/** How an answer is written where it is shown. */
type Style = {
  plain: (text: string) => string
  bold: (text: string) => string
  link: (text: string, address: string) => string
}

const slack: Style = {
  plain: (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  bold: (text) => `*${slack.plain(text).replaceAll('*', '∗')}*`,
  link: (text, address) => `<${address}|${slack.plain(text).replaceAll('|', '¦')}>`,
}
const discord: Style = {
  plain: (text) => text.replaceAll(/[\\`*_~|<>[\]()#@:-]/gu, '\\$&'),
  bold: (text) => `**${discord.plain(text)}**`,
  link: (text, address) => `[${discord.plain(text)}](<${address}>)`,
}

function answerText({ people, more, may }: Lookup, origin: string, { plain, bold, link }: Style): string {
  const page = (id: string) => origin + paths.analyst(id)
  const shown = people.slice(0, MOST_SHOWN)
  const others = more + people.length - shown.length
  const lines = [
    ...shown.flatMap(({ analyst, record: { lead }, isTooLittle, open }) => [
      `${bold(analyst.name)}${isTooLittle ? ' · too little to say' : ''}`,
      ...[lead.sentence, lead.numbers, lead.how_sure].flatMap((text) => (text === null ? [] : [plain(text)])),
      ...open.map(
        ({ forecast, statement, question }) =>
          `• ${link(`“${statement.quote.exact}”`, origin + paths.forecast(forecast.record.id))}, until ${question.record.deadline.date}`,
      ),
      link('The whole record', page(analyst.id)),
    ]),
    ...(others === 0 ? [] : [`And ${others} more.`]),
    ...(may.length === 0
      ? []
      : [
          `May be meant, and may be somebody else of that name: ${may
            .slice(0, MOST_SHOWN)
            .map(({ id, name }) => link(name, page(id)))
            .join(', ')}.`,
        ]),
  ]
  return lines.length === 0 ? NOBODY : lines.join('\n')
}

async function answered(host: Host, c: Context, asked: string, style: Style): Promise<string> {
  const text = asked.trim().slice(0, LONGEST_ASKED)
  if (text === '') return ASK
  const name = text.length <= LONGEST_NAME ? { name: text } : {}
  const found = await lookUp(host.ledger.db, { ...name, text }, host.now())
  return answerText(found, originOf(host, new URL(c.req.url)), style)
}

const isFresh = (host: Host, seconds: string): boolean =>
  /^\d{1,12}$/u.test(seconds) && Math.abs(host.now().getTime() / 1000 - Number(seconds)) <= FRESH_S

async function isOfSlack(
  secret: string,
  seconds: string,
  body: Uint8Array,
  signature: string,
): Promise<boolean> {
  const own = await hmacSha256(utf8(secret), joined(utf8(`v0:${seconds}:`), body))
  return equalInConstantTime(signature, `v0=${hex(own)}`)
}

const unsigned = () =>
  new LedgerError('unauthenticated', 'This is not signed as the settings of this ledger ask for.')

const bodyOf = (c: Context): Promise<Uint8Array<ArrayBuffer>> =>
  bodyBytes(c.req.raw, MOST_BYTES, `A command has at most ${MOST_BYTES} bytes.`)

/** Counted once the signature is right: what anybody can send unsigned keeps nobody from being answered. */
function count(host: Host, name: string): void {
  const perMinute = host.settings.rate_limit === 0 ? 0 : A_MINUTE
  const wait = perMinute === 0 ? 0 : rateLimitOf(host).take(`chat:${name}`, perMinute, host.now())
  if (wait > 0)
    throw new LedgerError('rate_limited', `Too many commands; try again in ${wait} s.`, [], {
      retryAfterS: wait,
    })
}

/** The commands of Slack and of Discord, where the settings name the secret of the one or the key of the other. */
export function chatRoutes(host: Host, api: Hono): void {
  const { slack: secret = null, discord: key = null } = host.settings.chat ?? {}
  if (secret !== null)
    api.post('/chat/slack', async (c) => {
      const body = await bodyOf(c)
      const seconds = c.req.header('x-slack-request-timestamp') ?? ''
      const signature = c.req.header('x-slack-signature') ?? ''
      if (!isFresh(host, seconds) || !(await isOfSlack(secret, seconds, body, signature))) throw unsigned()
      count(host, 'slack')
      const asked = new URLSearchParams(fromUtf8(body) ?? '').get('text') ?? ''
      const text = await answered(host, c, asked, slack)
      return c.json({ response_type: 'ephemeral', text, unfurl_links: false })
    })
  if (key !== null)
    api.post('/chat/discord', async (c) => {
      const body = await bodyOf(c)
      const seconds = c.req.header('x-signature-timestamp') ?? ''
      const signature = fromHex(c.req.header('x-signature-ed25519') ?? '')
      const isSigned =
        isFresh(host, seconds) &&
        signature !== null &&
        (await verifies(fromHex(key) ?? new Uint8Array(), signature, joined(utf8(seconds), body)))
      if (!isSigned) throw unsigned()
      count(host, 'discord')
      const asked = commandOf(fromUtf8(body) ?? '')
      // It asks whether anybody is there, and whether signatures are looked at.
      if (asked === 'ping') return c.json({ type: 1 })
      const content = await answered(host, c, asked.text, discord)
      return c.json({
        type: 4,
        data: { content: content.slice(0, 2000), flags: 64, allowed_mentions: { parse: [] } },
      })
    })
}

const Interaction = z.object({
  type: z.number(),
  data: z.object({ options: z.array(z.object({ value: z.unknown() })).optional() }).optional(),
})

/** What an interaction of Discord asks. */
function commandOf(body: string): 'ping' | { text: string } {
  const sent = Interaction.safeParse(parsed(body)).data
  if (sent?.type === 1) return 'ping'
  const value = sent?.data?.options?.[0]?.value
  return { text: typeof value === 'string' ? value : '' }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
