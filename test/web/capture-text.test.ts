import { expect, test } from 'vitest'
import { listForecasts } from '../../src/store/forecasts.ts'
import { listQuestions, listStatements, readTotals } from '../../src/store/nouns.ts'
import { MARKUP } from '../support/rare.ts'
import { fieldValue, problemAt, site } from '../support/site.ts'
import { capturing, fieldsOf, pressing, TEXT } from './capture-page.ts'

const SOURCE = { '/source/published': '2026-11-20', '/source/coverage': 'complete' }
const ladder = [
  ['Accordingly', 'The League intervenes in the strait'],
  ['But for all that', 'Karsk opens a second front'],
  ['the pressure will', 'Karsk keeps pressing'],
  ['If closing means', 'Karsk blocks the strait'],
] as const

async function marked() {
  const held = await capturing()
  const ids: string[] = []
  for (const [words, title] of ladder) {
    const { location } = await held.press(held.place('forecast', words), SOURCE)
    const id = /at=(m\d+)/u.exec(location ?? '')?.[1] ?? ''
    ids.push(id)
    await held.press('save', { [`${id}:/question/title`]: title })
  }
  return { ...held, ids }
}

test('without script the text of an interview becomes forecasts, duplicates and untestable remarks in one call', async () => {
  const { press, place, ids, ledger, host, editor } = await marked()
  await press('accept')
  const again = await press(place('duplicate', 'If closing is more'))
  const duplicate = /at=(m\d+)/u.exec(again.location ?? '')?.[1] ?? ''
  const before = await host.head()
  const answer = await press('log', { [`${duplicate}:/duplicate_of`]: ids[2] ?? '' })
  expect([answer.status, answer.location]).toEqual([
    303,
    '/sources/2026-11-nora-vale-karsk-is-now-not-ready-to-open-a-second-fr',
  ])
  const kinds = async (kind: string) =>
    (await listStatements(ledger.db, { kind }, { limit: 50 })).items.map(({ record }) => record)
  expect((await kinds('forecast')).length).toBe(4)
  // The headline, what the reporter repeated, and what she said again.
  expect((await kinds('duplicate')).map(({ voice }) => voice).sort()).toEqual([
    'headline',
    'paraphrase',
    'quote',
  ])
  expect((await kinds('untestable')).map(({ reason }) => reason).sort()).toEqual([
    'motive',
    'present_state',
    'rhetorical',
  ])
  expect((await host.head()).seq).toBeGreaterThan(before.seq)
  expect((await editor.get(answer.location ?? '')).text).toContain('Karsk opens a second front')
  const { items } = await listForecasts(ledger.db, {}, host.now(), { limit: 10 })
  expect(new Set(items.map(({ analyst }) => analyst.name))).toEqual(new Set(['Nora Vale']))
})

test('deadline, criteria, voice and band are proposed, and the deadline follows the day of publication', async () => {
  const { press, place } = await capturing()
  const { text } = await press(place('forecast', 'If closing means'))
  expect(fieldValue(text, 'm1:/question/deadline/date')).toBe('')
  const dated = (await press('save', { '/source/published': '2026-11-20' })).text
  expect(fieldValue(dated, 'm1:/question/deadline/date')).toBe('31 Dec 2026')
  expect(fieldValue(dated, 'm1:/question/deadline/because')).toBe('')
  expect(fieldValue(dated, 'm1:/question/criteria')).toContain('two independent news organisations')
  expect([fieldValue(dated, 'm1:manner'), fieldValue(dated, 'm1:/voice')]).toEqual(['no', 'quote'])
  const later = (await press('save', { '/source/published': '2025-03-01' })).text
  expect(fieldValue(later, 'm1:/question/deadline/date')).toBe('31 Dec 2025')
  const own = (
    await press('save', { 'm1:/question/deadline/date': '2027-06-30', '/source/published': '2024-03-01' })
  ).text
  expect(fieldValue(own, 'm1:/question/deadline/date')).toBe('30 Jun 2027')
})

test('where no horizon is named the house rule proposes twelve months and says that it is ours', async () => {
  const { press, place } = await capturing()
  const { text } = await press(place('forecast', 'the pressure will'), SOURCE)
  const dated = text.includes('20 Nov 2027') ? text : (await press('save', SOURCE)).text
  expect(fieldValue(dated, 'm1:/question/deadline/date')).toBe('20 Nov 2027')
  expect(fieldValue(dated, 'm1:/question/deadline/because')).toContain('house rule')
})

test('where the words name a time and no day, the date stays to be given, and the words are kept', async () => {
  const said = 'He will resign before the election. He will be back in the coming weeks.'
  const { press } = await capturing(undefined, `“${said}” she said.\nThe end.`)
  await press('save', SOURCE)
  const asked = (await press('forecast', { words: 'He will resign before the election' })).text
  expect(fieldValue(asked, 'm1:/question/deadline/date')).toBe('')
  expect(fieldValue(asked, 'm1:/question/deadline/because')).toContain('“before the election”')
  const vague = (await press('forecast', { words: 'He will be back in the coming weeks' })).text
  expect(fieldValue(vague, 'm2:/question/deadline/date')).toBe('15 Jan 2027')
  expect(fieldValue(vague, 'm2:/question/deadline/because')).toContain('in the coming weeks”')
  const later = (await press('save', { '/source/published': '2027-11-20' })).text
  expect(fieldValue(later, 'm1:/question/deadline/date')).toBe('')
  expect(fieldValue(later, 'm2:/question/deadline/date')).toBe('15 Jan 2028')
})

test('a time in the rest of the sentence, or in the sentence before, is no reason for the house rule', async () => {
  const { press } = await capturing(
    undefined,
    'Look at 2028. He will resign, she said, in May 2029.\nThe end.',
  )
  await press('save', SOURCE)
  const rest = (await press('forecast', { words: 'He will resign' })).text
  expect(fieldValue(rest, 'm1:/question/deadline/date')).toBe('31 May 2029')
  expect(rest).not.toContain('house rule')
})

test('any passage is marked by its words; what is not there is refused with the nearest, and the words stay', async () => {
  const { press } = await capturing()
  const missing = await press('untestable', { words: 'the League stated that it answers for the straits' })
  expect(missing.status).toBe(422)
  expect(problemAt(missing.text, 'capture-words')).toContain('The nearest passage is')
  expect(fieldValue(missing.text, 'words')).toBe('the League stated that it answers for the straits')
  const twice = await press('forecast', { words: 'Karsk is by no means ready to open a second front' })
  expect(problemAt(twice.text, 'capture-words')).toContain('2 times')
  const found = await press('untestable', { words: 'The border is not settled' })
  expect([found.status, fieldValue(found.text, 'm1:/reason')]).toEqual([303, 'present_state'])
})

test('nothing is logged while anything is missing; each problem stands beside its field', async () => {
  const { press, place, ledger } = await capturing()
  await press(place('forecast', 'the pressure will'))
  const { status, text } = await press('log', { 'm1:/question/title': '' })
  expect(status).toBe(422)
  expect(problemAt(text, 'm1-question-title')).toBe('Is required.')
  expect(problemAt(text, 'capture-source-published')).toBe('Is required.')
  expect(problemAt(text, 'capture-source-coverage')).toContain('Say whether every forecast')
  expect((await readTotals(ledger.db)).forecasts).toBe(0)
  const { text: kept } = await press('save', { ...SOURCE, 'm1:/question/title': 'Karsk keeps pressing' })
  expect(kept).not.toContain('role="alert"')
})

test('words that are too vague to score are logged only when somebody says so', async () => {
  const on = await site()
  const editor = await on.signedIn()
  const begun = await editor.post('/capture', {
    text: 'Ada Hall said: “The bank might cut its rate.”\nThat was all.',
    published: '2026-11-20',
  })
  const { press, text: shown } = await pressing(on, begun.headers.get('location') ?? '')
  await press('forecast', {
    words: 'The bank might cut its rate',
    '/source/title': 'A talk',
    '/source/coverage': 'complete',
    '/analyst/name': 'Ada Hall',
  })
  expect(shown()).toContain('too vague to score: log them as such')
  const refused = await press('log', { 'm1:/question/title': 'The bank cuts its rate' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('accept that, or give a narrower band')
  expect((await press('log', { 'm1:accept_vague': 'yes' })).status).toBe(303)
})

test('a question that is recorded is offered and can be shared', async () => {
  const on = await site()
  const { question } = await on.log({
    question: {
      title: 'Karsk opens a second front',
      criteria: 'It is reported.',
      deadline: { date: '2027-12-31', time_zone: 'UTC' },
    },
  })
  const { press, place, ledger } = await capturing(on)
  await press(place('forecast', 'But for all that'), SOURCE)
  const { text } = await press('save', { 'm1:/question/title': 'Karsk opens the second front' })
  expect(text).toContain(`value="ask:m1:${question}"`)
  await press(`ask:m1:${question}`)
  await press('ignore-rest')
  expect((await press('log')).status).toBe(303)
  expect((await listForecasts(ledger.db, { question }, on.host.now(), { limit: 5 })).items.length).toBe(2)
})

test('of two editors the later one is told, keeps what was typed, and may then save over it', async () => {
  const { press, place, path, ...on } = await capturing()
  await press(place('forecast', 'the pressure will'))
  const other = await pressing(on as never, path, await on.join('Bela', 'recorder'))
  expect((await other.press('save', { 'm1:/question/title': 'Theirs' })).status).toBe(303)
  const refused = await press('save', { 'm1:/question/title': 'Ours' })
  expect([refused.status, fieldValue(refused.text, 'm1:/question/title')]).toEqual([412, 'Ours'])
  expect(refused.text).toContain('Bela saved this capture')
  expect((await press('save')).status).toBe(303)
  expect(
    fieldValue((await on.signedIn().then((visitor) => visitor.get(path))).text, 'm1:/question/title'),
  ).toBe('Ours')
})

test('markup in every field comes back as text, and controls of direction are refused with the field kept', async () => {
  const { press, place } = await capturing()
  await press(place('forecast', 'the pressure will'))
  const names = fieldsOf((await press('save')).text)
    .map(([name]) => name)
    .filter(
      (name) =>
        !/^(rev|mark|ignored|source|.*:(at|kind|question|manner|\/voice|\/reason|accept_vague|\/question\/type))$/u.test(
          name,
        ) && !/(type|coverage|timecode)$/u.test(name),
    )
  const { status, text } = await press('save', Object.fromEntries(names.map((name) => [name, MARKUP])))
  expect(status).toBe(303)
  expect(text).not.toContain('<script>alert')
  expect(fieldValue(text, 'm1:/question/title')).toContain('&lt;script')
  const turned = await press('save', { 'm1:/question/title': 'A \u202Etrick' })
  expect(turned.status).toBe(422)
  expect(problemAt(turned.text, 'm1-question-title')).toContain('turn the direction of text round')
  expect(fieldValue(turned.text, 'm1:/question/title')).toBe('A \u202Etrick')
})

test('a text that is too long is refused and still stands in its field; an even longer one is refused unread', async () => {
  const { signedIn } = await site()
  const editor = await signedIn()
  const long = await editor.post('/capture', { text: `${'word '.repeat(240_000)}end` })
  expect([long.status, fieldValue(long.text, 'text')?.length]).toEqual([422, 1_200_003])
  expect(problemAt(long.text, 'begin-text')).toContain('at most 1000000 characters')
  expect((await editor.post('/capture', { text: 'x'.repeat(5_000_000) })).status).toBe(413)
  const empty = await editor.post('/capture', { text: ' ' })
  expect(problemAt(empty.text, 'begin-text')).toContain('paste what was said')
  const nowhere = await editor.post('/capture', { text: '', url: 'ftp://x' })
  expect(problemAt(nowhere.text, 'begin-url')).toContain('full address')
})

test('a short text with a broken letter is a text, and many of them are the inside of a file', async () => {
  const { signedIn } = await site()
  const editor = await signedIn()
  expect((await editor.post('/capture', { text: 'It\ufffds likely, she said.' })).status).toBe(303)
  const file = await editor.post('/capture', { text: `%PDF-1.7 ${'x\ufffd'.repeat(20)}` })
  expect(problemAt(file.text, 'begin-text')).toContain('inside of a file')
})

test('an address is fetched through the host, with the day of the page and where it stands', async () => {
  const on = await site()
  on.host.fetchPage = async (url) => ({
    url,
    title: 'Nora Vale: on the strait',
    byline: null,
    site: 'River News',
    published: { date: '2026-11-19', basis: 'the page says so in its metadata' },
    language: 'en',
    text: TEXT,
    left_out: [],
    transcript: null,
  })
  const editor = await on.signedIn()
  const answer = await editor.post('/capture', { text: '', url: 'https://river.example/vale' })
  const { text } = await editor.get(answer.headers.get('location') ?? '')
  expect([
    fieldValue(text, '/source/published'),
    fieldValue(text, 'published_because'),
    fieldValue(text, '/source/publisher'),
  ]).toEqual(['19 Nov 2026', 'the page says so in its metadata', 'River News'])
  expect((await editor.get('/capture')).text).toContain('Nora Vale: on the strait')
})

test('a capture is thrown away on request, and its page is gone', async () => {
  const { press, path, editor } = await capturing()
  expect((await press('delete')).location).toBe('/capture')
  expect((await editor.get(path)).status).toBe(404)
})

test('captures are for those who record', async () => {
  const on = await site()
  const reader = await on.signedIn(await on.join('Rea', 'reader'))
  const { path } = await capturing(on)
  expect((await reader.get(path)).status).toBe(403)
  expect((await reader.post(path, { do: 'log' })).status).toBe(403)
  expect((await on.anonymous.get(path)).status).toBe(401)
})

test('a passage that is held likelier than what it cannot happen without is warned of, and the ladder is logged', async () => {
  const { press, ids, ledger } = await marked()
  const [, front = '', , blockade = ''] = ids
  const out = await press('save', {
    [`${blockade}:/question/implies`]: `#${front}`,
    [`${blockade}:manner`]: 'yes',
    [`${blockade}:/probability/words`]: 'yes, it will',
  })
  expect(out.text).toContain('cannot happen without')
  expect(out.text).toContain('No reading of the words makes both true.')
  const right = await press('save', {
    [`${blockade}:manner`]: 'no',
    [`${blockade}:/probability/words`]: 'there will be no blockade',
  })
  expect(right.text).not.toContain('No reading of the words')
  await press('ignore-rest')
  expect((await press('log')).status).toBe(303)
  const { items } = await listQuestions(ledger.db, {}, new Date('2026-11-22T10:00:00Z'), { limit: 10 })
  const rung = (title: string) => items.find(({ record }) => record.title.includes(title))?.record
  expect(rung('blocks')).toMatchObject({
    implies: rung('second front')?.id,
    family: 'karsk-opens-a-second-front',
  })
})

test('in a transcript the speaker and the time code of a passage are proposed, and the interviewer is pointed out', async () => {
  const { press, place, text } = await capturing(
    undefined,
    `[00:12:30] Moderator: What will gas cost? I say it will rise.
[00:12:41] Jane Roe: It will double by March. Nobody is ready.
IVO BELL (13:05): It will fall.
[14:10] Jane Roe: Then we will see.`,
  )
  expect(fieldValue(text(), '/analyst/name')).toBe('Jane Roe')
  const other = await press(place('forecast', 'It will fall'))
  expect([fieldValue(other.text, 'm1:/analyst/name'), fieldValue(other.text, 'm1:/timecode')]).toEqual([
    'Ivo Bell',
    '13:05',
  ])
  const main = await press(place('forecast', 'It will double'))
  expect([fieldValue(main.text, 'm2:/analyst/name'), fieldValue(main.text, 'm2:/timecode')]).toEqual([
    '',
    '12:41',
  ])
  expect(main.text).not.toContain('a line of the interviewer')
  const asked = await press('forecast', { words: 'I say it will rise.' })
  expect(asked.text).toContain('This stands in a line of the interviewer.')
})

test('who says that every forecast is logged decides on every passage that looks like one, here and over the API', async () => {
  const { press, ids, send, token, path, editor } = await marked()
  const { location, text: marks } = await press('check')
  expect(marks).toMatch(/value="ignore-rest"[^>]*>Leave \d+ suggestions/u)
  const check = (await editor.get(location ?? '')).text
  expect(check).toContain('with the button below you leave these')
  expect(check).toMatch(/Leave \d+ passages and log /u)
  const rev = /name="rev" value="(\d+)"/u.exec(check)?.[1] ?? ''
  const refused = await editor.post(location ?? '', { rev })
  expect(refused.status).toBe(422)
  const why = problemAt(refused.text, 'capture-source-coverage') ?? ''
  expect(why).toContain('neither marked nor left')
  const machine = await send(`/api${path}/log`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  const { errors } = JSON.parse(machine.text) as { errors: { pointer: string; message: string }[] }
  expect([machine.status, errors.map(({ pointer }) => pointer)]).toEqual([422, ['/source/coverage']])
  expect(why.toLowerCase()).toBe(`${errors[0]?.message.toLowerCase()}.`)
  const left = await press('ignore-rest')
  expect(left.text).not.toContain('class="card suggested"')
  expect(ids.every((id) => left.text.includes(`id="${id}"`))).toBe(true)
  expect((await press('log')).status).toBe(303)
})

test('a text that was logged already goes on in its source', async () => {
  const { press, editor, ...on } = await marked()
  await press('ignore-rest')
  const { location } = await press('log')
  const begun = await editor.post('/capture', { text: TEXT })
  const again = await pressing(on, begun.headers.get('location') ?? '')
  expect(again.text()).toContain('This text is logged already')
  expect(fieldValue(again.text(), 'source')).toBe(location?.slice('/sources/'.length))
  const anew = await again.press('untestable', { source: '', words: 'The border is not settled', ...SOURCE })
  expect(anew.status).toBe(303)
  const refused = await again.press('log', {
    '/source/title': 'Under another name',
    '/source/type': 'interview',
    '/source/coverage': 'selected',
    '/source/selected_because': 'x',
  })
  expect(refused.text).toContain('which is logged already: log into that source')
})

test('a date is read as people write it, and one that cannot be read is told at once', async () => {
  const { press, place } = await capturing()
  const { text } = await press(place('forecast', 'the pressure will'), {
    '/source/published': 'about April 2024',
  })
  expect(fieldValue(text, '/source/published')).toBe('Apr 2024')
  expect(fieldValue(text, 'm1:/question/deadline/date')).toBe('30 Apr 2025')
  expect(text).not.toContain('This date cannot be read')
  const unread = await press('save', { '/source/published': 'last spring' })
  expect(unread.text).toContain('This date cannot be read')
  expect(fieldValue(unread.text, '/source/published')).toBe('last spring')
})

test('what a hand selected begins and ends with whole words', async () => {
  const { press } = await capturing()
  const start = TEXT.indexOf('rder is not set')
  const { text } = await press(`untestable:raw:${start}-${start + 'rder is not set'.length}`)
  expect(text).toContain('<bdi dir="auto">border is not settled</bdi>')
})
