import * as z from 'zod'
import { isLoopbackName } from './core/address.ts'
import { fourEyesPolicies } from './core/member.ts'
import { type Quotas, quotaSettings } from './core/quota.ts'
import { parsedUrl } from './core/url.ts'

const flag = (byDefault: boolean) =>
  z
    .enum(['true', 'false', '1', '0'], 'must be true or false')
    .transform((text) => text === 'true' || text === '1')
    .default(byDefault)

const mailShapes = ['resend', 'postmark'] as const

const limit = (byDefault: number) =>
  z.coerce
    .number('must be a number, 0 for no limit')
    .int('must be a whole number')
    .min(0, 'must not be negative')
    .max(1_000_000_000, 'must be at most 1000000000; 0 is no limit')
    .default(byDefault)

/** What is no address at all is told already. */
const isSafe = (address: string): boolean =>
  address.startsWith('https:') || isLoopbackName(parsedUrl(address)?.hostname ?? 'localhost')

/** The command line or a setting is wrong: exit code 2 of the command. */
export class Misuse extends Error {
  readonly hint: string | null

  constructor(message: string, hint: string | null = null) {
    super(message)
    this.name = 'Misuse'
    this.hint = hint
  }
}

/** Every setting there is, with its default. The table of docs/settings.md is checked against this list. */
export const Config = z.object({
  PORT: z.coerce.number('must be a port').int().min(0).max(65_535).default(8787),
  HOST: z.string().min(1).default('127.0.0.1'),
  RECKONING_DATABASE_URL: z
    .string()
    .regex(/^(file:|libsql:|https?:|wss?:)/u, 'must begin with file:, libsql:, https:, http:, wss: or ws:')
    .default('file:data/reckoning.db'),
  RECKONING_DATABASE_TOKEN: z.string().optional(),
  RECKONING_IMPORT: z.string().default('predictions'),
  RECKONING_INTERVIEW: z.string().optional(),
  RECKONING_PUBLIC: flag(true),
  RECKONING_FOUR_EYES: z.enum(fourEyesPolicies).default('auto'),
  RECKONING_ORIGIN: z.url({ protocol: /^https?$/u, error: 'must be an http or https address' }).optional(),
  RECKONING_LOG_KEY: z.string().optional(),
  RECKONING_LOG_GUARD: z.string().optional(),
  RECKONING_TOKEN: z.string().min(1).optional(),
  RECKONING_BANNER: z.string().max(300, 'must be at most 300 characters').optional(),
  RECKONING_TSA: z.string().optional(),
  RECKONING_TSA_CA: z.string().optional(),
  RECKONING_CALENDARS: z.string().optional(),
  RECKONING_BLOCKS: z.string().optional(),
  RECKONING_WITNESSES: z.string().optional(),
  RECKONING_MODEL_URL: z
    .url({
      protocol: /^https?$/u,
      error: 'must be the https address of an endpoint, such as https://api.example/v1',
    })
    .refine(isSafe, 'must begin with https://, except on your own machine')
    .optional(),
  RECKONING_MODEL_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{1,1000}$/u, 'must be visible ASCII characters without spaces')
    .optional(),
  RECKONING_MODEL_NAME: z.string().min(1).max(200, 'must be at most 200 characters').optional(),
  RECKONING_ARCHIVE: z.enum(['off', 'lookup', 'save'], 'must be off, lookup or save').default('off'),
  RECKONING_OIDC_ISSUER: z
    .url({ protocol: /^https?$/u, error: 'must be the https address of a provider of accounts' })
    .refine(isSafe, 'must begin with https://, except on your own machine')
    .optional(),
  RECKONING_OIDC_CLIENT_ID: z.string().min(1).max(300).optional(),
  RECKONING_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  RECKONING_SLACK_SECRET: z.string().min(16, 'must be the signing secret of an app of Slack').optional(),
  RECKONING_DISCORD_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/u, 'must be the public key of an app of Discord, 64 hex digits')
    .optional(),
  RECKONING_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/u, 'must be 16 to 200 visible ASCII characters without spaces')
    .optional(),
  RECKONING_RATE_LIMIT: z.coerce
    .number('must be a number of requests a minute, 0 for none')
    .int()
    .min(0)
    .default(6000),
  RECKONING_READ_LIMIT: z.coerce
    .number('must be what the reads of an address may cost a minute, 0 for any amount')
    .int()
    .min(0)
    .default(12_000),
  RECKONING_MAIL_URL: z
    .string()
    .regex(/^(?:smtps?|https?):\/\/\S+$/u, 'must begin with smtp://, smtps:// or https://')
    .refine((address) => parsedUrl(address) !== null, 'must be an address')
    .optional(),
  RECKONING_MAIL_FROM: z.string().min(3).max(300).optional(),
  RECKONING_MAIL_KEY: z.string().min(1).optional(),
  RECKONING_MAIL_SHAPE: z.enum(mailShapes).default('resend'),
  RECKONING_WEBHOOKS_ANYWHERE: flag(false),
  RECKONING_DAILY_ENTRIES: limit(50_000),
  RECKONING_DAILY_MB: limit(250),
  RECKONING_DRAFTS: limit(200),
  RECKONING_DRAFTS_MB: limit(100),
  RECKONING_TOKENS: limit(50),
  RECKONING_SESSIONS: limit(20),
})
export type Config = z.infer<typeof Config>

const LISTED = 'docs/settings.md lists the settings.'

/** Reads the environment once; names every setting that is wrong. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const read = Config.safeParse(environment)
  if (read.success) return read.data
  throw new Misuse(
    read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join(' '),
    LISTED,
  )
}

const halved = (one: keyof Config, other: keyof Config) =>
  new Misuse(`${one} and ${other} belong together.`, LISTED)

/** The provider of accounts, where the settings name one; half of it is a mistake. */
export function providerOf(config: Config) {
  const { RECKONING_OIDC_ISSUER: issuer, RECKONING_OIDC_CLIENT_ID: client_id } = config
  if (issuer === undefined && client_id === undefined) return null
  if (issuer === undefined || client_id === undefined)
    throw halved('RECKONING_OIDC_ISSUER', 'RECKONING_OIDC_CLIENT_ID')
  return { issuer, client_id, client_secret: config.RECKONING_OIDC_CLIENT_SECRET }
}

/** The model that may be asked as a second reader, where the settings name one; half of it is a mistake. */
export function modelOf(config: Config) {
  const { RECKONING_MODEL_URL: url, RECKONING_MODEL_NAME: model, RECKONING_MODEL_KEY: key } = config
  if (url === undefined && model === undefined) return null
  if (url === undefined || model === undefined) throw halved('RECKONING_MODEL_URL', 'RECKONING_MODEL_NAME')
  return { url, key, model }
}

/** How letters are sent, where the settings say so; half of it is a mistake. */
export function mailOf(config: Config) {
  const { RECKONING_MAIL_URL: url, RECKONING_MAIL_FROM: from, RECKONING_MAIL_KEY: key } = config
  if (url === undefined && from === undefined) return null
  if (url === undefined || from === undefined) throw halved('RECKONING_MAIL_URL', 'RECKONING_MAIL_FROM')
  if (url.startsWith('http') && key === undefined)
    throw new Misuse(
      'RECKONING_MAIL_KEY is missing: a service that sends letters over HTTP asks for it.',
      LISTED,
    )
  return { url, from, key, shape: config.RECKONING_MAIL_SHAPE }
}
export type MailSettings = NonNullable<ReturnType<typeof mailOf>>

/** What one member may write and hold. */
const quotasOf = (config: Config): Quotas =>
  Object.fromEntries(
    Object.entries(quotaSettings).map(([name, setting]) => [name, config[setting]]),
  ) as Quotas

/** What the settings say to the ledger's faces. */
export const hostSettings = (config: Config) => ({
  origin: config.RECKONING_ORIGIN === undefined ? null : new URL(config.RECKONING_ORIGIN).origin,
  listens: new URL(addressOf(config.HOST, config.PORT)).hostname,
  public: config.RECKONING_PUBLIC,
  rate_limit: config.RECKONING_RATE_LIMIT,
  read_limit: config.RECKONING_READ_LIMIT,
  quotas: quotasOf(config),
  chat: { slack: config.RECKONING_SLACK_SECRET ?? null, discord: config.RECKONING_DISCORD_KEY ?? null },
  banner: config.RECKONING_BANNER ?? null,
  webhooks_anywhere: config.RECKONING_WEBHOOKS_ANYWHERE,
  letters: mailOf(config) !== null,
})

/** Scheme and host of links that no request names: the setting, or where the server listens. */
export const originOf = ({
  RECKONING_ORIGIN,
  HOST,
  PORT,
}: Pick<Config, 'RECKONING_ORIGIN' | 'HOST' | 'PORT'>): string =>
  RECKONING_ORIGIN === undefined ? addressOf(HOST, PORT) : new URL(RECKONING_ORIGIN).origin

/** The address of a listening server as a person would type it. */
export function addressOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}
