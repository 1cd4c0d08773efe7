import fc from 'fast-check'
import { query, segment } from './api.ts'
import { type Answer, answerOf, kind } from './kind.ts'
import { mostly, nasty } from './values.ts'
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

/** Every form as somebody would fill it in. */
function formsOf({ ids, day, cookies }: World): [path: string, fields: Record<string, string>][] {
  const question = `/questions/${ids.question}`
  const evidence = {
    '/evidence/0/url': 'https://example.com/report',
    '/evidence/0/says': 'It was seen.',
    '/evidence/0/accessed': day(-1),
  }
  const saying = {
    '/source/title': 'Another talk',
    '/source/type': 'interview',
    '/source/published': day(-5),
    '/source/url': 'https://example.com/b',
    '/analyst/name': 'Ada Lovelace',
    '/quote/exact': 'prices will rise',
    '/voice': 'quote',
    key: 'k',
  }
  return [
    ['/capture', { text: 'A talk\n\nIt will rain. It is likely to snow.', url: '', published: day(-4) }],
    [
      '/capture/one',
      {
        ...saying,
        '/question/title': 'Prices rise',
        '/question/type': 'binary',
        '/question/criteria': 'The office says so.',
        '/question/deadline/date': day(100),
        '/question/deadline/time_zone': 'UTC',
        '/question/tags': 'prices, trade',
        manner: 'stated',
        percent: '70',
      },
    ],
    ['/capture/one', { ...saying, question: ids.open, manner: 'range', low: '60', high: '70' }],
    [
      '/capture/one',
      {
        ...saying,
        '/question/title': 'How many',
        '/question/type': 'numeric',
        '/question/range/low': '1',
        '/question/range/high': '100',
        '/question/criteria': 'As counted.',
        '/question/deadline/date': day(100),
        '/question/deadline/time_zone': 'UTC',
        manner: 'interval',
        from: '10',
        to: '20',
        level: '80',
      },
    ],
    ['/capture/one/statements', { ...saying, '/kind': 'untestable', '/reason': 'motive' }],
    [
      `/captures/${ids.capture}`,
      {
        rev: '0',
        do: 'save',
        '/source/title': 'A talk',
        '/source/type': 'interview',
        '/source/published': day(-3),
        '/analyst/name': 'Ada Lovelace',
        mark: 'm1',
        'm1:at': '0-21',
        'm1:kind': 'forecast',
        'm1:/question/title': 'Rain tomorrow',
        'm1:/question/criteria': 'It is measured.',
        'm1:/question/deadline/date': day(1),
        'm1:/question/deadline/time_zone': 'UTC',
        'm1:manner': 'worded',
        'm1:/probability/words': 'I think',
        ignored: '33-49',
        words: '',
      },
    ],
    [`/captures/${ids.capture}`, { rev: '1', do: 'forecast:50-80', '/source/title': 'A talk' }],
    [`/captures/${ids.capture}`, { rev: '1', do: 'ignore:33-49' }],
    [
      `${question}/resolutions`,
      { '/outcome': 'no', '/known_on': day(-1), ...evidence, '/rationale': 'Dry.', '/supersedes': 'r1' },
    ],
    [
      `/questions/${ids.open}/resolutions`,
      {
        '/outcome': 'annulled',
        '/annulled_because': 'moot',
        '/known_on': day(-1),
        ...evidence,
        '/rationale': 'Moot.',
        '/because_early': 'Over.',
        also: ids.question,
      },
    ],
    [`${question}/resolutions/r1/confirm`, {}],
    [`${question}/resolutions/r1/dispute`, { '/because': 'It was another town.' }],
    [`${question}/resolutions/r1/withdrawal`, {}],
    [
      `/questions/${ids.open}/amendments`,
      {
        rev: '0',
        '/title': 'It snows',
        '/criteria': 'Ten millimetres.',
        '/deadline/date': day(200),
        '/deadline/time_zone': 'UTC',
        '/because': 'Clearer.',
        '/question/tags': 'snow',
      },
    ],
    [
      `/forecasts/${ids.forecast}/replies`,
      { '/text': 'I meant hail.', '/url': 'https://example.com/c', '/replied_on': day(-1) },
    ],
    [`/forecasts/${ids.forecast}/asked`, { '/asked_on': day(-1) }],
    [`${question}/assignment`, { '/member': ids.member, back: 'due' }],
    [`${question}/snooze`, { '/until': day(9), '/because': 'Later.', back: 'question' }],
    [`${question}/snooze/end`, { back: 'due' }],
    [`${question}/note`, { '/text': 'Ask them.', '/read_at': '', back: 'due' }],
    [`/questions/${ids.open}/condition`, { '/met_on': day(-1), ...evidence, '/rationale': 'Cold.' }],
    ['/settings/members', { '/name': 'Grace Hopper', '/role': 'reader' }],
    ['/settings/links', { '/member': ids.member }],
    ['/settings/tokens', { '/member': ids.member, '/name': 'x', '/role': 'reader' }],
    [`/settings/tokens/${ids.token}/revocation`, {}],
    ['/settings/policy', { '/four_eyes': 'auto' }],
    ['/sign-in', { token: (cookies.admin ?? '').slice(4), next: '/due' }],
  ]
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

const URLENCODED = 'application/x-www-form-urlencoded'
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

/** Valid forms with one to three fields changed, and bodies that are no form. */
export const forms = kind<Sent>({
  name: 'forms, fields changed',
  full: 6_000,
  short: 600,
  requests: (world) =>
    fc
      .record({
        form: fc.constantFrom(...formsOf(world)),
        changes: fc.array(change, { maxLength: 3 }),
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
  wrong: (_, __, { status, type, text }) => {
    if (status === 303) return null
    if (type?.startsWith('text/html') !== true) return `${status} as ${type}`
    return status >= 400 && !text.includes('</html>') ? `${status} without a page` : null
  },
})

/** A capture is saved from the version that stands, unless that was changed on purpose. */
async function present(world: World, fields: Fields, path: string): Promise<Fields> {
  const rev = fields.find(([name]) => name === 'rev')
  if (rev === undefined || !/^[01]$/u.test(rev[1]) || !path.startsWith('/captures/')) return fields
  const answer = await world.ask('GET', `/api${path}`, {
    headers: { authorization: `Bearer ${world.tokens.admin}` },
  })
  const { rev: held } = (await answer.json()) as { rev?: number }
  return fields.map(([name, value]) => [name, name === 'rev' && held !== undefined ? String(held) : value])
}

const PAGES = [
  '/',
  '/due',
  '/capture',
  '/capture/one',
  '/captures/:',
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
  '/cards/forecasts/:.svg',
  '/cards/analysts/:.svg',
  '/help',
  '/docs',
  '/docs/problems',
  '/settings',
  '/sign-in',
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
