/** Records of a ledger that addresses lead to. */
export type Ids = Record<
  | 'analyst'
  | 'another'
  | 'source'
  | 'statement'
  | 'question'
  | 'forecast'
  | 'tag'
  | 'outlet'
  | 'round'
  | 'capture',
  string
>

const STATES = ['open', 'due', 'proposed', 'resolved', 'annulled', 'ambiguous']
const VERDICTS = ['came_true', 'did_not', 'said', 'too_vague', 'no_result', 'open']
const SORTS = ['logged', 'said', 'deadline', 'decided', 'surprise']
const LOGGED = ['before', 'afterwards', 'proven']
const DAY = '2026-01-01'
const WORDS = 'valdora+harbour'

/** Each way to narrow a list of forecasts, alone, and some together. */
const narrowings = ({ analyst, source, question, tag, outlet }: Ids): string[] => [
  `analyst=${analyst}`,
  `source=${source}`,
  `question=${question}`,
  `tag=${tag}`,
  `outlet=${encodeURIComponent(outlet)}`,
  `q=${WORDS}`,
  ...STATES.map((state) => `state=${state}`),
  ...VERDICTS.map((verdict) => `verdict=${verdict}`),
  ...LOGGED.map((logged) => `logged=${logged}`),
  'deadline=ours',
  'deadline=theirs',
  'coded=blind',
  ...['said_from', 'said_to', 'deadline_from', 'deadline_to'].map((name) => `${name}=${DAY}`),
  'upto=500',
  `analyst=${analyst}&state=resolved`,
  `q=${WORDS}&tag=${tag}&state=resolved`,
]

const everyOrder = SORTS.flatMap((sort) => ['desc', 'asc'].map((order) => `sort=${sort}&order=${order}`))
const after = (path: string, names: string[]) => names.map((name) => (name === '' ? path : `${path}?${name}`))

/** The pages of a ledger, as somebody might ask for them: at least one of each route. */
export const pageAddresses = (ids: Ids): string[] => {
  const { analyst, another, source, question, forecast, round, capture, tag } = ids
  const record = `/analysts/${analyst}`
  return [
    '/',
    ...after('/ledger', [
      '',
      ...narrowings(ids),
      ...everyOrder,
      'group=question',
      'group=question&sort=surprise',
      'page=3',
    ]),
    ...after('/due', ['', 'assigned=me', `done=proposed&question=${question}`]),
    '/import',
    '/capture',
    `/capture?source=${source}`,
    '/capture/one',
    `/capture/one?source=${source}&question=${question}&analyst=${analyst}`,
    `/capture/one?what=remark&source=${source}`,
    '/capture/one/check',
    `/capture/one/logged/${forecast}`,
    ...['', '/check', '/logged'].map((end) => `/captures/${capture}${end}`),
    `/forecasts/${forecast}`,
    ...['', '/resolve', '/amend'].map((end) => `/questions/${question}${end}`),
    ...after('/sources', ['', 'after=200']),
    `/sources/${source}`,
    ...after('/analysts', ['', 'by=claims', 'after=b']),
    ...after(record, ['', `tag=${tag}&logged=live`, 'logged=all', 'show=open', 'said_from=2025-01-01']),
    '/words',
    ...after('/compare', ['', `analysts=${analyst},${another}`]),
    ...after('/changes', ['since=0', `since=0&analyst=${analyst}`, `since=0&question=${question}`]),
    ...after('/corrections', ['', 'class=update', 'from=2026-01-01']),
    '/corrections.atom',
    '/corrections/policy',
    ...['new', 'due', 'decided'].flatMap((feed) =>
      after(`/feeds/${feed}.atom`, ['', `analyst=${analyst}`, `tag=${tag}`, `q=${WORDS}`]),
    ),
    '/feeds/log.atom',
    ...after('/feeds/due.ics', ['', `analyst=${analyst}`]),
    `/report?about=question:${question}`,
    '/reports',
    ...after('/lookup', ['', 'name=Ada+Overton', 'text=Ada+Overton+says+so', 'url=https://example.com/1']),
    '/methods',
    ...after('/codings', ['', 'after=9']),
    `/codings/${round}`,
    `/codings/${round}/own`,
    '/codebook',
    '/log',
    '/embed/lookup?name=Ada+Overton',
    `/embed/forecasts/${forecast}`,
    `/embed/analysts/${analyst}`,
    '/help',
    '/docs',
    '/docs/routes',
    '/docs/problems',
    '/docs/scoring',
    ...['', '/audit', '/sign-ins', '/reminders', '/webhooks', '/clock', '/redactions'].map(
      (end) => `/settings${end}`,
    ),
    '/sign-in',
    '/sign-in/account',
    '/sign-in/account/answer',
    '/reply',
    '/reminders/confirmation',
    '/reminders/off',
    '/sitemap.xml',
    '/sitemap/forecast-1.xml',
  ]
}

const list = (path: string, names: string[]) => [...after(path, names), ...after(`${path}.csv`, names)]

/** What the API answers to, the same way. */
export const apiAddresses = (ids: Ids): string[] => {
  const { analyst, another, source, statement, question, forecast, round, capture, tag } = ids
  return [
    ...list('/forecasts', ['', ...narrowings(ids), `due_before=${DAY}`, ...everyOrder]),
    `/forecasts/${forecast}`,
    ...['/replies', '/replies.csv', '/heard'].map((end) => `/forecasts/${forecast}${end}`),
    ...list('/questions', ['', `tag=${tag}`, ...STATES.map((state) => `state=${state}`), `q=${WORDS}`]),
    ...['', '/desk'].map((end) => `/questions/${question}${end}`),
    ...list(`/questions/${question}/history`, ['']),
    '/due',
    ...after('/calibration', [
      ...narrowings(ids).filter((name) => !/verdict|upto/u.test(name)),
      '',
      'logged=live',
    ]),
    `/compare?analysts=${analyst},${another}`,
    ...list('/sources', ['']),
    `/sources/${source}`,
    ...list('/statements', ['', `source=${source}`, `analyst=${analyst}`, 'kind=untestable', `q=${WORDS}`]),
    `/statements/${statement}`,
    ...list('/analysts', ['', 'q=ada']),
    ...['', '/track-record', '/track-record/receipt'].map((end) => `/analysts/${analyst}${end}`),
    ...list('/anchors', ['']),
    '/anchors/0',
    ...after('/lookup', ['name=Ada+Overton', 'text=Ada+Overton+says+so', 'url=https://example.com/1']),
    ...after('/search', ['', `q=${WORDS}`, 'q=ada']),
    '/record',
    '/words',
    ...after('/changes', ['since=0', `since=0&analyst=${analyst}`, `since=0&question=${question}`]),
    ...list('/captures', ['']),
    ...['', '/second-readings'].map((end) => `/captures/${capture}${end}`),
    ...list('/corrections', ['', 'class=update', 'type=question.amended', 'from=2026-01-01']),
    '/corrections/policy',
    ...list('/reports', ['']),
    ...list('/codings', ['']),
    ...['', '/own'].map((end) => `/codings/${round}${end}`),
    ...after('/agreement', ['', `source=${source}`]),
    ...list('/outcomes', ['']),
    ...['/entries/3', '/entries/3/receipt', '/checkpoint', '/key', '/tile/0/000', '/tile/entries/000'].map(
      (end) => `/log${end}`,
    ),
    '/log/openings/000',
    ...list('/members', ['']),
    ...['/administration', '/tokens', '/webhooks', '/redactions', '/sessions', '/sign-ins'].flatMap((path) =>
      list(path, ['']),
    ),
    ...['/lexicons', '/codebooks'],
    ...['/clock', '/decision-times', '/health', '/ready', '/me', '/reminders', '/replies/waiting'],
    '/witnesses',
  ].map((path) => `/api${path}`)
}
