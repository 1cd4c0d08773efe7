import * as z from 'zod'
import { isLoopbackName } from './core/address.ts'
import { fourEyesPolicies } from './core/member.ts'
import { type Quotas, quotaSettings } from './core/quota.ts'

const flag = (byDefault: boolean) =>
  z
    .enum(['true', 'false', '1', '0'], 'must be true or false')
    .transform((text) => text === 'true' || text === '1')
    .default(byDefault)

const limit = (byDefault: number) =>
  z.coerce
    .number('must be a number, 0 for no limit')
    .int('must be a whole number')
    .min(0, 'must not be negative')
    .max(1_000_000_000, 'must be at most 1000000000; 0 is no limit')
    .default(byDefault)

/** The command line or a setting is wrong: exit code 2 of the command. */
export class Misuse extends Error {
  readonly hint: string | null

  constructor(message: string, hint: string | null = null) {
    super(message)
    this.name = 'Misuse'
    this.hint = hint
  }
}

/** Every setting there is, with its default. The README's table is checked against this list. */
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
  RECKONING_BANNER: z.string().max(300, 'must be at most 300 characters').optional(),
  RECKONING_TSA: z.string().optional(),
  RECKONING_TSA_CA: z.string().optional(),
  RECKONING_CALENDARS: z.string().optional(),
  RECKONING_BLOCKS: z.string().optional(),
  RECKONING_WITNESSES: z.string().optional(),
  RECKONING_ARCHIVE: z.enum(['off', 'lookup', 'save'], 'must be off, lookup or save').default('off'),
  RECKONING_OIDC_ISSUER: z
    .url({ protocol: /^https?$/u, error: 'must be the https address of a provider of accounts' })
    .refine(
      (address) => address.startsWith('https:') || isLoopbackName(new URL(address).hostname),
      'must begin with https://, except on your own machine',
    )
    .optional(),
  RECKONING_OIDC_CLIENT_ID: z.string().min(1).max(300).optional(),
  RECKONING_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
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
  RECKONING_DAILY_ENTRIES: limit(50_000),
  RECKONING_DAILY_MB: limit(250),
  RECKONING_DRAFTS: limit(200),
  RECKONING_DRAFTS_MB: limit(100),
  RECKONING_TOKENS: limit(50),
  RECKONING_SESSIONS: limit(20),
})
export type Config = z.infer<typeof Config>

/** Reads the environment once; names every setting that is wrong. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const read = Config.safeParse(environment)
  if (read.success) return read.data
  throw new Misuse(
    read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join(' '),
    'The README lists the settings.',
  )
}

/** The provider of accounts, where the settings name one; half of it is a mistake. */
export function providerOf(config: Config) {
  const { RECKONING_OIDC_ISSUER: issuer, RECKONING_OIDC_CLIENT_ID: client_id } = config
  if (issuer === undefined && client_id === undefined) return null
  if (issuer === undefined || client_id === undefined)
    throw new Misuse(
      'RECKONING_OIDC_ISSUER and RECKONING_OIDC_CLIENT_ID belong together.',
      'The README lists the settings.',
    )
  return { issuer, client_id, client_secret: config.RECKONING_OIDC_CLIENT_SECRET }
}

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
  banner: config.RECKONING_BANNER ?? null,
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
