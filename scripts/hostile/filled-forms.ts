import { reportFields } from '../../src/web/corrections/report.tsx'
import { allForms, arrivals } from '../../src/web/pages.ts'
import type { World } from './world.ts'

export type Filled = [path: string, fields: Record<string, string>]

const MARK = 'm1'
/** What is said of one mark. */
const ofMark = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${MARK}:${name}`, value]))

/** Every form as somebody would fill it in, and each field of it in one of them. */
const passkey = { '/id': 'AAAA', '/client_data': 'AAAA', '/authenticator_data': 'AAAA' }

export function filledForms({ ids, day, cookies }: World): Filled[] {
  const question = `/questions/${ids.question}`
  const evidenceOf = (row: number) => ({
    [`/evidence/${row}/url`]: `https://example.com/report-${row}`,
    [`/evidence/${row}/says`]: 'It was seen.',
    [`/evidence/${row}/accessed`]: day(-1),
  })
  const evidence = Object.assign({}, ...[0, 1, 2].map(evidenceOf)) as Record<string, string>
  const source = {
    '/source/title': 'Another talk',
    '/source/type': 'interview',
    '/source/publisher': 'The Gazette',
    '/source/language': 'en',
    '/source/published': day(-5),
    published_to: day(-4),
    '/source/url': 'https://example.com/b',
    '/source/coverage': 'selected',
    '/source/selected_because': 'They are about prices.',
  }
  const speaker = { '/analyst/name': 'Ada Lovelace', '/voice': 'quote', '/timecode': '00:12:30' }
  const said = {
    ...speaker,
    '/quote/exact': 'prices will rise',
    '/quote/prefix': 'I think that ',
    '/quote/suffix': ' by then',
  }
  const then = { '/said_on': day(-5) }
  const text = {
    '/source/title': 'A third talk',
    '/source/url': '',
    '/source/text': 'I think that prices will rise by then. Nobody will mind.',
  }
  const asked = (title: string) => ({
    '/question/title': title,
    '/question/type': 'binary',
    '/question/criteria': 'The office says so.',
    '/question/deadline/date': day(100),
    '/question/deadline/time_zone': 'UTC',
    '/question/deadline/because': 'No day was named.',
    '/question/opens': day(-5),
    '/question/low_information': 'Prices mostly rise.',
    '/question/if_yes': 'they rose',
    '/question/if_no': 'they did not rise',
  })
  const conditional = {
    '/question/condition/text': 'The tax stays.',
    '/question/condition/deadline/date': day(50),
    '/question/condition/deadline/because': 'It is voted on then.',
  }
  const compared = {
    '/reference/kind': 'market',
    reference_percent: '15',
    '/reference/of/k': '3',
    '/reference/of/n': '20',
    '/reference/of/class': 'winters',
    '/reference/source': 'The exchange',
    '/reference/url': 'https://example.com/market',
    '/reference/observed_at': `${day(-2)} 14:00`,
  }
  const implying = { '/question/family': 'weather', '/question/implies': ids.open }
  const stated = { manner: 'stated', percent: '70' }
  const ranged = { manner: 'range', low: '60', high: '70' }
  const worded = {
    manner: 'worded',
    '/probability/words': 'likely',
    band_low: '60',
    band_mid: '70',
    band_high: '80',
    '/probability/because': 'They said so later.',
  }
  const vague = { manner: 'worded', '/probability/words': 'maybe', accept_vague: 'yes' }
  const flat = { manner: 'yes', '/probability/words': 'prices will rise' }
  const options = {
    ...asked('A party wins'),
    '/question/type': 'multiple_choice',
    '/question/options': 'Labour\nTories',
    manner: 'options',
    shares: 'Labour: 60\nTories: 40',
  }
  const interval = {
    ...asked('How many come'),
    '/question/type': 'numeric',
    '/question/range/low': '1',
    '/question/range/high': '100',
    '/question/range/unit': 'people',
    manner: 'interval',
    from: '10',
    to: '20',
    level: '80',
  }
  const untestable = { '/reason': 'motive' }
  const again = { '/because': 'The same.', '/duplicate_of': ids.forecast }
  const more = {
    '/question/fine_print': 'As first published.',
    '/question/resolution_sources': 'https://example.com/prices',
    '/question/tags': 'prices, trade',
  }
  const ways: Record<string, string>[] = [
    { ...asked('Prices rise'), ...stated },
    { ...asked('Prices fall'), ...conditional, ...worded },
    { ...asked('Hail falls'), ...implying, ...flat },
    { question: ids.open, ...ranged },
    { ...asked('Prices change'), ...vague },
    options,
    interval,
  ]
  const one = { ...source, ...said, key: 'k' }
  const capture = {
    rev: '0',
    do: 'save',
    ...source,
    '/source/title': 'A talk',
    published_because: 'It says so.',
    '/analyst/name': 'Ada Lovelace',
    words: '',
  }
  const marked: Filled[] = [
    ...ways.map((way) => ({ ...speaker, ...then, ...way, kind: 'forecast' })),
    { ...ways[0], ...more, '/exact': 'It will rain tomorrow […]', kind: 'forecast' },
    { ...untestable, kind: 'untestable' },
    { ...again, kind: 'duplicate' },
  ].map((fields) => [
    `/captures/${ids.capture}`,
    { ...capture, mark: MARK, ...ofMark({ ...fields, at: '0-21' }) },
  ])
  return [
    ['/capture', { text: 'A talk\n\nIt will rain. It is likely to snow.', url: '', published: day(-4) }],
    ...ways.map((way): Filled => ['/capture/one', { ...one, ...then, ...way }]),
    ...ways.map((way): Filled => ['/capture/one/check', { ...one, ...then, ...way }]),
    ['/capture/one/check', { ...one, ...text, ...asked('Nobody minds'), ...stated, do: 'change' }],
    [
      '/capture/one',
      { ...one, ...text, ...asked('Nobody minds'), ...stated, '/question/tags': 'prices, trade' },
    ],
    ['/capture/one', { ...said, ...then, key: 'k', source: ids.source, question: ids.open, ...ranged }],
    ['/capture/one/statements', { ...one, '/kind': 'untestable', ...untestable }],
    ['/capture/one/statements', { ...said, key: 'k', source: ids.source, '/kind': 'duplicate', ...again }],
    ...marked,
    [`/captures/${ids.capture}/check`, { rev: '0', leave: 'yes' }],
    [`/captures/${ids.capture}`, { ...capture, ignored: '33-49' }],
    [`/captures/${ids.capture}`, { rev: '1', do: 'forecast:50-80', source: ids.source }],
    [
      `/captures/${ids.capture}`,
      { rev: '1', do: 'untestable', words: 'Nobody will mind', '/source/title': 'A talk' },
    ],
    [
      `${question}/resolutions`,
      {
        '/outcome': 'no',
        '/known_on': day(-1),
        ...evidence,
        '/rationale': 'Dry.',
        '/supersedes': 'r1',
        '/class': 'correction',
      },
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
    [
      `/questions/${ids.counted}/resolutions`,
      {
        '/outcome': 'value',
        value: '12',
        '/known_on': day(-1),
        ...evidence,
        '/rationale': 'Counted.',
        also_yes: ids.question,
        also_no: ids.question,
        '/drawn_blind': 'yes',
      },
    ],
    [
      `/questions/${ids.open}/outcomes`,
      {
        '/outcome': 'annulled',
        value: '',
        '/annulled_because': 'moot',
        '/known_on': day(-1),
        ...evidence,
        '/rationale': 'Moot.',
        '/because_early': 'Over.',
        '/supersedes': '',
        '/drawn_blind': 'yes',
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
        '/fine_print': 'Hail counts.',
        '/resolution_sources': 'https://example.com/snow',
        '/deadline/date': day(200),
        '/deadline/time_zone': 'UTC',
        '/deadline/because': 'No day was named.',
        '/opens': day(-30),
        '/condition/text': 'It is cold.',
        '/condition/deadline/date': day(100),
        '/condition/deadline/time_zone': 'UTC',
        '/condition/deadline/because': 'No day was named.',
        '/family': 'weather',
        '/implies': '',
        '/low_information': 'It mostly snows.',
        '/if_yes': 'it snowed',
        '/if_no': 'no snow fell',
        '/because': 'Clearer.',
        '/class': 'clarification',
        '/tags': 'snow',
      },
    ],
    ...['replies', 'heard'].map(
      (what): Filled => [
        `/forecasts/${ids.forecast}/${what}`,
        { '/text': 'I meant hail.', '/url': 'https://example.com/c', '/replied_on': day(-1) },
      ],
    ),
    [`/statements/${ids.forecast}/verification`, {}],
    [`/sources/${ids.source}/archive`, { '/archive_url': 'https://archive.example/1' }],
    [`/forecasts/${ids.forecast}/reply-links`, {}],
    [`/forecasts/${ids.forecast}/reply-links/abcdefghijkl/publication`, {}],
    [`/forecasts/${ids.forecast}/reply-links/abcdefghijkl/refusal`, { '/because': 'It names others.' }],
    [`/forecasts/${ids.forecast}/asked`, { '/asked_on': day(-1) }],
    [`${question}/assignment`, { '/member': ids.member, back: 'due' }],
    [`${question}/snooze`, { '/until': day(9), '/because': 'Later.', back: 'question' }],
    [`${question}/snooze/end`, { back: 'due' }],
    [`${question}/note`, { '/text': 'Ask them.', '/read_at': '', back: 'due' }],
    [`/questions/${ids.open}/references`, compared],
    [`/questions/${ids.open}/references/${ids.reference}/primary`, {}],
    [`/questions/${ids.open}/references/${ids.reference}/withdrawal`, { '/because': 'It was miscounted.' }],
    [`/questions/${ids.open}/condition`, { '/met_on': day(-1), ...evidence, '/rationale': 'Cold.' }],
    ['/corrections/policy', { '/text': 'We say so on top.', '/notice_days': '20' }],
    [
      `/reports/${ids.report}/closing`,
      { '/outcome': 'not_changed', '/mended_by': '', '/because': 'The recording says so.' },
    ],
    [`/reports/${ids.report}/discarding`, {}],
    [
      '/report',
      { '/about': `question:${ids.open}`, '/text': 'It is misspelt.', '/answer_to': '', for_programs: '' },
    ],
    ['/codings', { '/source': ids.source, '/because': 'It was drawn at random.' }],
    [
      `/codings/${ids.round}/passages`,
      {
        rev: '',
        do: 'keep',
        '/quote': 'Prices are likely to rise by 2030.',
        '/kind': 'words',
        '/event': 'Prices rise',
        '/deadline': day(900),
        '/words': 'likely',
        '/band/low': '60',
        '/band/high': '80',
        '/own': '70',
        '/note': 'Of bread.',
      },
    ],
    [
      `/codings/${ids.round}/passages`,
      {
        rev: '0',
        do: 'keep',
        passage: '0',
        at: '33',
        '/start': '33',
        '/quote': 'Nobody will mind',
        '/kind': 'vague',
        '/reason': 'no_event',
      },
    ],
    [`/codings/${ids.round}/submission`, {}],
    [
      `/codings/${ids.round}/adjudication`,
      { mark: MARK, ...ofMark({ take: 'first' }), '/because': 'It is the shorter one.' },
    ],
    [
      `/codings/${ids.round}/adjudication`,
      {
        mark: MARK,
        ...ofMark({
          take: 'own',
          '/start': '46',
          '/quote': 'Prices are likely to rise by 2030.',
          '/kind': 'words',
          '/reason': '',
          '/event': 'Prices rise',
          '/deadline': day(900),
          '/words': 'likely',
          '/band/low': '60',
          '/band/high': '80',
          '/note': 'Of bread.',
        }),
      },
    ],
    [`/codings/${ids.round}/closure`, { '/because': 'Nobody came.' }],
    ['/codebook', { '/text': 'Read twice.', '/because': 'Once was too little.' }],
    ['/settings/members', { '/name': 'Grace Hopper', '/role': 'reader' }],
    [
      '/settings/members/changes',
      { '/member': ids.guest, '/role': 'recorder', '/suspended': 'no', '/because': 'They write now.' },
    ],
    [`/settings/members/${ids.guest}/sign-out`, {}],
    ['/settings/links', { '/member': ids.member }],
    [
      '/settings/tokens',
      {
        ...{ '/member': ids.member, '/name': 'x', '/role': 'reader', '/until': day(30) },
        ...{ '/scopes/read': 'yes', '/scopes/log': '', '/scopes/resolve': '', '/scopes/admin': '' },
      },
    ],
    [`/settings/tokens/${ids.token}/revocation`, {}],
    ['/settings/decision-times', { '/objection_hours': '24', '/answer_days': '10' }],
    ['/settings/policy', { '/four_eyes': 'auto' }],
    [
      '/settings/redactions/plan',
      {
        '/words': 'a name',
        '/because': 'They asked.',
        '/kind': '',
        '/id': '',
        '/fields': '',
        '/text': '',
        '/class': 'update',
      },
    ],
    [
      '/settings/redactions/made',
      { '/kind': 'statement', '/id': ids.forecast, '/because': 'They asked.', '/class': 'update' },
    ],
    [
      '/settings/reminders',
      { '/email': '', '/when': 'daily', '/hour': '8', '/time_zone': 'UTC', '/events/due': 'yes' },
    ],
    ['/settings/reminders/letter', {}],
    [
      '/settings/webhooks',
      { '/name': 'Desk', '/url': 'https://example.com/hook', '/format': 'slack', '/events/due': 'yes' },
    ],
    ...['test', 'secret', 'resumption', 'removal'].map(
      (what): Filled => [`/settings/webhooks/abcdefghijkl/${what}`, {}],
    ),
    ['/sign-in/link', { email: 'ada@example.org' }],
    [
      '/import',
      {
        name: 'table.csv',
        content: 'title,probability,outcome,date\nRain falls,0.7,1,2025-01-01\n',
        '/columns/probability': 'probability',
        '/columns/outcome': 'outcome',
        '/columns/date': 'date',
        '/url': 'https://example.com/table',
        '/analyst': 'Ada Lovelace',
        '/title': '{title}',
        '/time_zone': 'UTC',
        do: 'try',
      },
    ],
    ['/settings/clock/acceptance', { '/because': 'It is right.' }],
    ['/settings/clock/corrections', { '/because': 'It was ahead.', '/from': '7' }],
    ['/settings/sessions/others/end', {}],
    ['/settings/sessions/abcdefghijkl/end', {}],
    ['/settings/sign-ins/abcdefghijkl/removal', {}],
    ['/settings/passkeys/challenge', {}],
    ['/settings/passkeys', { '/name': 'phone', ...passkey, '/public_key': 'AAAA' }],
    ['/settings/accounts', { '/member': ids.member, '/email': 'ada@example.org' }],
    ['/sign-in/passkey', { ...passkey, '/signature': 'AAAA', next: '/due' }],
    ['/sign-in/passkey/challenge', {}],
    ['/sign-in', { token: (cookies.admin ?? '').slice(4), next: '/due' }],
  ]
}

/** One field of one form, and how the form is filled in otherwise. */
export type Place = { path: string; fields: Record<string, string>; name: string }

/** Every field that any form may hold, where possible in a form that holds it; throws where a form is not filled in. */
export async function everyField(world: World): Promise<Place[]> {
  const filled = filledForms(world)
  const all = [
    ...(await allForms()),
    ...(await arrivals.load()).forms,
    { path: '/report', fields: reportFields },
  ]
  return all.flatMap(({ path: route, fields: { own, part = {} } }) => {
    const isRoute = new RegExp(`^${route.replaceAll(/:\w+/gu, '[^/]+')}$`, 'u')
    const those = filled.filter(([path]) => isRoute.test(path))
    const [first] = those
    if (first === undefined) throw new Error(`nobody has filled in the form ${route}`)
    const names = [...Object.keys(own), ...Object.keys(part).map((name) => `${MARK}:${name}`)]
    return names.map((name) => {
      const [path, fields] = those.find(([, held]) => Object.hasOwn(held, name)) ?? first
      return { path, fields, name }
    })
  })
}
