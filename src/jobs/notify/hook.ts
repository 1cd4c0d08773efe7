import { wordsToAll } from '../../core/reminder.ts'
import type { WebhookChoices } from '../../store/targets.ts'
import type { Item } from './item.ts'
import { cut } from './letter.ts'

/** What a chat shows of one message. */
const MOST_LINES = 8
const LONGEST = 120

const SLACK: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const forSlack = (text: string) => text.replaceAll(/[&<>]/gu, (letter) => SLACK[letter] as string)
const forDiscord = (text: string) => text.replaceAll(/[\\`*_~|<>[\]()#:@-]/gu, String.raw`\$&`)

type Line = { words: string; title: string; href: string }

const more = (all: readonly unknown[], origin: string) =>
  all.length > MOST_LINES ? [`And ${all.length - MOST_LINES} more: ${origin}`] : []

/** The body of a message, as each format wants it. A chat gets one for all events of a run, others one for each. */
function bodyFor(format: WebhookChoices['format'], lines: readonly Line[], origin: string): object {
  const shown = lines.slice(0, MOST_LINES)
  if (format === 'slack')
    return {
      text: [
        ...shown.map(({ words, title, href }) => `${words}: <${href}|${forSlack(cut(title, LONGEST))}>`),
        ...more(lines, origin),
      ].join('\n'),
    }
  return {
    content: [
      ...shown.map(({ words, title, href }) => `${words}: ${forDiscord(cut(title, LONGEST))} <${href}>`),
      ...more(lines, origin),
    ].join('\n'),
    allowed_mentions: { parse: [] },
  }
}

/** What is posted of some items. */
export function hookBody({ format }: WebhookChoices, items: readonly Item[], origin: string): string {
  const [first] = items
  if (format === 'standard' && first !== undefined)
    return JSON.stringify({
      type: first.event,
      timestamp: first.at,
      data: { ...first.data, url: origin + first.path },
    })
  const lines = items.map(({ event, title, path }) => ({
    words: wordsToAll(event),
    title,
    href: origin + path,
  }))
  return JSON.stringify(bodyFor(format, lines, origin))
}

export function testBody({ format, name }: WebhookChoices, now: Date, origin: string): string {
  const message = `This is a test of the webhook “${name}” of the ledger at ${origin}.`
  if (format === 'slack') return JSON.stringify({ text: forSlack(message) })
  if (format === 'discord')
    return JSON.stringify({ content: forDiscord(message), allowed_mentions: { parse: [] } })
  return JSON.stringify({ type: 'reckoning.test', timestamp: now.toISOString(), data: { message } })
}
