import { type Config, hostSettings, type MailSettings, mailOf } from '../config.ts'
import { Unreachable } from '../jobs/anchor/party.ts'
import { sendThrough } from '../jobs/notify/mail-service.ts'
import type { Mail, Outlets } from '../jobs/notify/outlets.ts'
import { exchanged } from './exchange.ts'

const TIMEOUT_MS = 15_000

/** The ways out that the settings name. Throws `Misuse` where they are half set. */
export function outletsOf(config: Config, timeoutMs = TIMEOUT_MS): Omit<Outlets, 'now'> {
  const mail = mailOf(config)
  const { origin, webhooks_anywhere } = hostSettings(config)
  return {
    origin,
    mail: mail === null ? null : (letter) => sendLetter(mail, letter, timeoutMs),
    post: async (url, headers, body) => {
      const request = { url, method: 'POST' as const, headers, body: new TextEncoder().encode(body) }
      const how = { isAnywhere: webhooks_anywhere, isStatusAll: true, timeoutMs }
      return (await exchanged({ ...request, isOurs: false }, how).catch(named)).status
    },
  }
}

const named = (error: unknown): never => {
  throw error instanceof Unreachable ? new Error(`The address ${error.message}`) : error
}

async function sendLetter(
  { url, from, key = '', shape }: MailSettings,
  mail: Mail,
  timeoutMs: number,
): Promise<void> {
  if (url.startsWith('http')) return sendThrough({ url, from, key, shape }, mail)
  // Loaded with the first letter: a server that sends none never reads it.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    ...{ url, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const { id, to, subject, text, html, headers } = mail
  const messageId = `<${id}@${/@([^\s>]+)/u.exec(from)?.[1] ?? 'reckoning.invalid'}>`
  try {
    await transport.sendMail({ from, to, subject, text, html, headers, messageId })
  } catch (error) {
    const { response, code, message } = error as { response?: string; code?: string; message: string }
    throw new Error(
      `The mail server ${response === undefined ? `cannot be used: ${code ?? message}` : `says: ${response}`}`,
    )
  } finally {
    transport.close()
  }
}
