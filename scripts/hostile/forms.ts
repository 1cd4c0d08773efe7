import fc from 'fast-check'
import { query, segment } from './api.ts'
import { everyField, filledForms } from './filled-forms.ts'
import { type Answer, answerOf, type Extent, kind } from './kind.ts'
import { mostly, nasty, wrong } from './values.ts'
import type { World } from './world.ts'

type Fields = [name: string, value: string][]
type Sent = {
  path: string
  fields: Fields
  type: string
  raw: string | null
  who: string
  headers: Record<string, string>
}

const URLENCODED = 'application/x-www-form-urlencoded'
const AS_ADMIN = { type: URLENCODED, raw: null, who: 'admin', headers: { origin: 'http://localhost' } }

/**
 * Each form as it is filled in, and each of its fields missing, given twice, and with a value of every kind that is
 * wrong. A short run takes one specimen of a kind, by turns; and one in all of a field that its page does not show.
 */
async function eachField(world: World, { short, seed }: Extent): Promise<Sent[]> {
  const asIs = filledForms(world).map(([path, fields]) => ({ path, fields: Object.entries(fields) }))
  let turn = seed
  const one = <T>(several: readonly T[]): T[] => several.slice(turn++ % several.length).slice(0, 1)
  const changed = (await everyField(world)).flatMap(({ path, fields, name }) => {
    const others = Object.entries(fields).filter(([other]) => other !== name)
    const held = fields[name]
    const wrongs = Object.values(wrong)
    const kinds = short && held === undefined ? one(wrongs) : wrongs
    const values = kinds.flatMap((specimens) => (short ? one(specimens) : specimens))
    const given = [...(held === undefined ? [] : [[], [held, held]]), ...values.map((value) => [value])]
    return given.map((each) => ({
      path,
      fields: [...others, ...each.map((value): [string, string] => [name, value])],
    }))
  })
  return [...asIs, ...changed].map(({ path, fields }, i) => ({
    ...AS_ADMIN,
    path,
    // The key of each is its own, or the second would only be told of the first.
    fields: fields.map(([name, value]) => [name, name === 'key' && value === 'k' ? `k${i}` : value]),
  }))
}

type Change = { at: number; how: string; value: string; other: string }
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(999),
  how: fc.constantFrom('replace', 'replace', 'replace', 'drop', 'twice', 'add', 'rename'),
  value: nasty,
  other: fc.oneof(
    nasty,
    fc.constantFrom(
      'rev',
      'do',
      'mark',
      'ignored',
      'm1:at',
      'm1:kind',
      'm2:at',
      'percent',
      'manner',
      'also',
      '/evidence/9/url',
      '/question',
      '/question/range',
    ),
  ),
})

function changed(fields: Fields, changes: readonly Change[]): Fields {
  const made: Fields = fields.map(([name, value]) => [name, value])
  for (const { at, how, value, other } of changes) {
    // Half of the time a field that nobody types into.
    const hidden = made.flatMap(([name], i) => (name.includes('/') ? [] : [i]))
    const among = at % 2 === 0 && hidden.length > 0 ? hidden : made.map((_, i) => i)
    const place = among[Math.floor(at / 2) % Math.max(1, among.length)] ?? 0
    const held = made[place]
    if (how === 'add' || held === undefined) made.push([other, value])
    else if (how === 'drop') made.splice(place, 1)
    else if (how === 'twice') made.push([held[0], value])
    else if (how === 'rename') held[0] = other
    else held[1] = value
  }
  return made
}

const TYPES = [
  'multipart',
  `${URLENCODED}; charset=latin1`,
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/json',
  '',
]
const RAW = [
  '%',
  'a=%zz',
  '%ff=%ff',
  '&&&&',
  '=',
  '=x',
  'a'.repeat(100_000),
  '--x\r\n\r\n',
  '--x\r\nContent-Disposition: form-data; name="rev"\r\n\r\nno\r\n--x--\r\n',
  '\u0000',
  '{"rev":1}',
]

/** Every field of every form changed once, then forms with two fields changed by chance, and bodies that are no form. */
export const forms = kind<Sent>({
  name: 'forms, fields changed',
  full: 6_000,
  short: 150,
  every: eachField,
  requests: (world) =>
    fc
      .record({
        form: fc.constantFrom(...filledForms(world)),
        changes: fc.array(change, { maxLength: 2 }),
        type: mostly(URLENCODED, TYPES),
        raw: mostly<string | null>(null, RAW),
        who: mostly('admin', ['resolver', 'recorder', 'reader', 'none', 'garbage']),
        headers: mostly<Record<string, string>>({ origin: 'http://localhost' }, [
          { 'sec-fetch-site': 'same-origin' },
          { origin: 'http://evil.example' },
          { origin: 'null', 'sec-fetch-site': 'cross-site' },
          {},
        ]),
      })
      .map(({ form: [path, fields], changes, ...request }) => ({
        ...request,
        path,
        fields: changed(Object.entries(fields), changes),
      })),
  send: async (world, { path, fields, type, raw, who, headers }): Promise<Answer> => {
    const cookie = who === 'none' ? {} : { cookie: world.cookies[who] ?? 'sid=nobody' }
    if (type === 'multipart') {
      const body = new FormData()
      for (const [name, value] of fields) body.append(name, value)
      return answerOf(await world.ask('POST', path, { body, headers: { ...cookie, ...headers } }))
    }
    const body = raw ?? new URLSearchParams(await present(world, fields, path)).toString()
    const own = type === '' ? {} : { 'content-type': type }
    return answerOf(await world.ask('POST', path, { body, headers: { ...cookie, ...own, ...headers } }))
  },
  wrong: (_, { path }, { status, type, text }) => {
    if (status === 303) return null
    // A script asks for it, and reads it.
    if (status === 200 && path.endsWith('/challenge') && type?.startsWith('application/json') === true)
      return null
    if (type?.startsWith('text/html') !== true) return `${status} as ${type}`
    return status >= 400 && !text.includes('</html>') ? `${status} without a page` : null
  },
})

/** What is made from a version is sent from the one that stands, unless that was changed on purpose. */
async function present(world: World, fields: Fields, path: string): Promise<Fields> {
  const isOld = fields.some(([name, value]) => name === 'rev' && /^[01]$/u.test(value))
  const rev = isOld ? await world.revOf(path) : null
  return rev === null ? fields : fields.map(([name, value]) => [name, name === 'rev' ? String(rev) : value])
}

const PAGES = [
  '/',
  '/ledger',
  '/words',
  '/changes',
  '/due',
  '/capture',
  '/capture/one',
  '/capture/one/check',
  '/capture/one/logged/:',
  '/captures/:',
  '/captures/:/check',
  '/captures/:/logged',
  '/forecasts/:',
  '/questions/:',
  '/questions/:/resolve',
  '/questions/:/amend',
  '/sources',
  '/sources/:',
  '/analysts',
  '/analysts/:',
  '/compare',
  '/methods',
  '/embed/forecasts/:',
  '/embed/analysts/:',
  '/cards/front.png',
  '/cards/ledger.png',
  '/cards/compare.png',
  '/cards/forecasts/:.png',
  '/cards/questions/:.png',
  '/cards/sources/:.png',
  '/cards/analysts/:.png',
  '/cards/words.png',
  '/cards/changes.png',
  '/charts/front/:.png',
  '/charts/due/horizon',
  '/charts/analysts/:/words.png',
  '/charts/questions/:/voices',
  '/charts/sources/:/passages.csv',
  '/charts/analysts/ada/:.png',
  '/feeds/new.atom',
  '/feeds/due.atom',
  '/feeds/decided.atom',
  '/feeds/due.ics',
  '/feeds/log.atom',
  '/corrections.atom',
  '/oembed',
  '/sitemap.xml',
  '/sitemap/:.xml',
  '/robots.txt',
  '/help',
  '/docs',
  '/docs/problems',
  '/settings',
  '/settings/audit',
  '/settings/sign-ins',
  '/sign-in',
  '/sign-in/account',
  '/sign-in/account/answer',
  '/none',
  '/%2e%2e/x',
]

type PageSent = { method: string; path: string; who: string }

/** Every page with every name and every query. */
export const pages = kind<PageSent>({
  name: 'pages',
  full: 3_000,
  short: 300,
  requests: (world) =>
    fc
      .record({
        method: fc.constantFrom('GET', 'GET', 'GET', 'GET', 'HEAD', 'PUT', 'OPTIONS'),
        page: fc.constantFrom(...PAGES),
        name: segment(Object.values(world.ids)),
        query,
        who: fc.constantFrom('none', 'admin', 'recorder', 'reader'),
      })
      .map(({ page, name, query: search, ...request }) => ({
        ...request,
        path: page.replace(':', () => name) + search,
      })),
  send: async (world, { method, path, who }) =>
    answerOf(
      await world.ask(method, path, { headers: who === 'none' ? {} : { cookie: world.cookies[who] ?? '' } }),
    ),
  wrong: (_, { path }, { status, type }) =>
    status < 400 || type?.startsWith('text/html') === true || path.startsWith('/api')
      ? null
      : `${status} as ${type}`,
})
