import { BUILT } from '../build.ts'
import { Config, originOf } from '../config.ts'
import type { Command, Context } from './command.ts'
import { interruption } from './interruption.ts'
import { signInAddress } from './sign-in.ts'
import { plural } from './table.ts'

const HARD_DEADLINE_MS = 12_000

export const serveCommand: Command = {
  name: 'serve',
  summary: 'start the pages, the API and the scheduled job',
  about: [
    'Brings the database up to date (a new one is founded, with one administrator and a one-time sign-in link), imports the folder of RECKONING_IMPORT when the ledger holds no source, listens on HOST and PORT, and flags every five minutes what became due.',
    'People read standard output; its log is a line of JSON each on standard error. Ctrl-C or SIGTERM ends it: requests under way are answered first.',
  ].join('\n'),
  examples: [
    ['reckon serve', 'On http://127.0.0.1:8787, with the ledger in data/reckoning.db.'],
    ['PORT=9000 RECKONING_DATABASE_URL=file:/srv/ledger.db reckon serve', 'Another port and place.'],
    ['RECKONING_IMPORT= reckon serve', 'A new ledger stays empty.'],
  ],
  problems: 'the port is taken, or the database cannot be used',
  run: (context) => serveLedger(context, { config: context.config(), invites: false }),
}

/** Serves until it is interrupted. `invites`: with a link to sign in at every start, not only at the founding. */
export async function serveLedger(
  context: Context,
  { config, invites }: { config: Config; invites: boolean },
): Promise<{ text: string; json: undefined }> {
  const { serve } = await import('../node/server.ts')
  const interrupted = interruption()
  const { address, link, damage, imported, doubt, close } = await serve({
    config,
    invites,
    now: context.now,
    ...(context.elapsed === undefined ? {} : { elapsed: context.elapsed }),
    built: BUILT,
    threads: {
      reader: new URL('./reader.js', import.meta.url),
      writer: new URL('./writer.js', import.meta.url),
    },
    log: (level, event, fields) =>
      context.note(JSON.stringify({ at: context.now().toISOString(), level, event, ...fields })),
    unheard: context.unheard ?? (() => null),
  })
  const origin = config.RECKONING_ORIGIN === undefined ? address : originOf(config)
  const signIn = link === null ? null : signInAddress(origin, link)
  if (context.json) context.say(JSON.stringify({ address, sign_in: signIn, imported, doubt, damage }))
  else if (damage !== null)
    context.say(`Reckoning is at ${origin}, but it answers only 503. ${damage} Then start it again.`)
  else {
    if (doubt !== null) context.say(doubt)
    if (imported !== null) context.say(importedLine(config.RECKONING_IMPORT, imported))
    context.say(`Reckoning is at ${origin}${origin === address ? '' : ` (listening on ${address})`}`)
    if (signIn !== null) context.say(`Sign in (once, within 15 minutes): ${signIn}`)
    if (signIn === null || invites)
      context.say(
        `${signIn === null ? 'To sign in' : 'To sign in again'}: ${elsewhere(config, address)}npx reckon sign-in`,
      )
  }
  await interrupted
  setTimeout(() => process.exit(1), HARD_DEADLINE_MS).unref()
  await close()
  return { text: '', json: undefined }
}

/** The settings that a command needs to find a ledger and a server which are not at their usual places. */
function elsewhere(
  { RECKONING_DATABASE_URL: url, RECKONING_ORIGIN: origin }: Config,
  address: string,
): string {
  const { RECKONING_DATABASE_URL, PORT } = Config.shape
  const { port } = new URL(address)
  return [
    url === RECKONING_DATABASE_URL.parse(undefined) ? '' : `RECKONING_DATABASE_URL=${url} `,
    origin !== undefined || port === String(PORT.parse(undefined)) ? '' : `PORT=${port} `,
  ].join('')
}

const importedLine = (folder: string, recorded: Record<string, number>) =>
  `Imported ${folder}: ${['source', 'statement', 'forecast', 'question'].map((noun) => plural(recorded[noun] ?? 0, noun)).join(', ')}.`
