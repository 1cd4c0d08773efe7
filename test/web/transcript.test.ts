import { expect, test } from 'vitest'
import { atOnce } from '../../src/core/steps.ts'
import { articleSteps } from '../../src/interchange/article.ts'
import { listForecasts } from '../../src/store/forecasts.ts'
import { drawing } from '../support/drawing.ts'
import { fieldValue, site } from '../support/site.ts'
import { capturing, pressing } from './capture-page.ts'

const VTT = `WEBVTT
Kind: captions

00:00:01.000 --> 00:00:04.000
You said that peace was not likely

00:00:04.000 --> 00:00:05.000
by the end of the year.

00:00:13.000 --> 00:00:15.000
No, I still hold by

00:00:15.000 --> 00:00:17.000
that position. [inaudible] The price

00:00:17.000 --> 00:00:19.000
will double next year.
`
const SOURCE = {
  '/source/title': 'The talk',
  '/source/url': 'https://www.youtube.com/watch?v=abc',
  '/source/published': '2026-11-20',
  '/source/coverage': 'selected',
  '/source/selected_because': 'A test.',
  '/analyst/name': 'Jane Roe',
}

test('captions that are pasted are shown joined, with what is known of them, and a mark is timed by its first word', async () => {
  const on = await site()
  const { press, place, text, ledger, anonymous, editor } = await capturing(on, VTT)
  expect(text()).toContain('taken for the work of a machine')
  expect(text()).toContain('1 unheard word')
  expect(fieldValue(text(), '/source/transcript')).toBe('machine')
  // The interviewer suggests nothing; the answer says what it answers.
  expect(place('forecast', 'You said')).toBe('')
  expect(place('forecast', 'No, I still hold by that position.')).not.toBe('')
  expect(text()).toMatch(/Answers:.*peace was not likely by the end of the year\./su)
  await press('save', SOURCE)
  const marked = await press(place('forecast', 'The price will double'))
  expect(fieldValue(marked.text, 'm1:/timecode')).toBe('00:15')
  const logged = await press('log', {
    'm1:/question/title': 'The price doubles',
    'm1:manner': 'yes',
    'm1:/probability/words': 'will double',
    'm1:/translation/text': 'Der Preis wird sich verdoppeln',
    'm1:/translation/language': 'de',
    'm1:by_machine': 'yes',
  })
  expect(logged.location).toMatch(/^\/sources\//u)
  const { items } = await listForecasts(ledger.db, {}, new Date('2026-11-22T10:00:00Z'), { limit: 5 })
  const id = items[0]?.forecast.record.id ?? ''
  expect(items[0]?.statement.translation).toEqual({
    text: 'Der Preis wird sich verdoppeln',
    language: 'de',
    machine: true,
  })
  const page = async () => (await anonymous.get(`/forecasts/${id}`)).text
  const shown = await page()
  expect(shown).toContain('href="https://www.youtube.com/watch?v=abc&amp;t=15"')
  expect(shown).toContain('machine transcript, not verified by ear')
  expect(shown).toMatch(/class="side-by-side".*Original.*Translation, German, by.*a machine/su)
  expect(shown).toContain('lang="de"')
  expect(shown).not.toContain('I listened: these are the words')
  for (const path of ['/', '/ledger', `/sources/${items[0]?.source.id}`, `/embed/forecasts/${id}`])
    expect((await anonymous.get(path)).text).toContain('Der Preis wird sich verdoppeln')
  // The picture shows the English words themselves, and of what kind they are.
  const { drawn: card } = await drawing(on, `/cards/forecasts/${id}.png`)
  expect(card).toContain('The price will double next year')
  expect(card).not.toContain('verdoppeln')
  expect(card).toContain('machine transcript, not verified by ear')

  expect((await editor.get(`/forecasts/${id}`)).text).toContain('I listened: these are the words')
  expect((await anonymous.post(`/statements/${id}/verification`, {})).status).toBe(401)
  expect((await editor.post(`/statements/${id}/verification`, {})).status).toBe(303)
  expect((await editor.post(`/statements/${id}/verification`, {})).status).toBe(409)
  const heard = await page()
  expect(heard).toContain('machine transcript, verified by ear')
  expect(heard).not.toContain('not verified by ear')
  expect(heard).toContain('listened: these are the words')
})

test('where nobody is named the card asks whose words they are', async () => {
  const { press, place, text } = await capturing(
    undefined,
    '0:01 The price will double.\n0:05 Do you think so?\n0:07 The war will end.',
  )
  expect(text().match(/Whose words\?/gu)).toHaveLength(1)
  const marked = await press(place('forecast', 'The price will double'))
  expect(marked.text).toContain('Whose words?')
  const named = await press('save', { 'm1:/analyst/name': 'Jane Roe' })
  expect(named.text).not.toContain('Whose words?')
})

test('a quote that is marked as proposed holds the words of its speaker alone', async () => {
  const cases = [
    ['“There will be no war this year,” said Jane Roe.', 'There will be no war this year', ''],
    ['Jane Roe said: “There will be no war this year.” She paused.', 'There will be no war this year.', ''],
    [
      'When asked “Will there be a war?”, she said “No, there will not be one.”',
      'No, there will not be one.',
      '',
    ],
    [
      '“There will be no war,” said Roe, “this year.”',
      'There will be no war',
      'There will be no war […] this year.',
    ],
  ] as const
  const on = await site()
  for (const [words, begins, exact] of cases) {
    const { press, place } = await capturing(
      on,
      `A headline\nSomebody spoke. ${words} That was all.\n\nThe end.`,
    )
    const { text } = await press(place('forecast', begins))
    const id = 'm1'
    const quoted = /<article[^>]*>|<summary>.*?<bdi dir="auto">([^<]*)<\/bdi>/su.exec(
      text.slice(text.indexOf('id="m1"')),
    )?.[1]
    expect(quoted).toBe(exact === '' ? begins : exact)
    expect(fieldValue(text, `${id}:/exact`) ?? '').toBe(exact)
  }
})

const HTML = `<title>No new war</title><body><nav><a href="/">Home</a></nav><article><h1>No new war</h1>
<p>${'The talks go on, he said, and nobody knows for how long they will. '.repeat(6)}</p>
<aside><p>The price will double by May, said Jane Roe.</p></aside>
<p>${'So they wait, and so do we, at the border, day by day, and week by week. '.repeat(6)} He left it at that.</p></article></body>`

test('what a page shows beside its article is folded with its size, and can be taken in; marks stay where they are', async () => {
  const on = await site()
  on.host.fetchPage = async (url) => atOnce(articleSteps({ url, media: 'text/html', text: HTML }))
  const editor = await on.signedIn()
  const begun = await editor.post('/capture', { text: '', url: 'https://river.example/war' })
  const { press, text } = await pressing(on, begun.headers.get('location') ?? '')
  expect(text()).toContain('The page shows 10 words more')
  expect(text()).toContain('Beside the article: 9 words')
  expect(text()).toContain('Menus, headers and footers: 1 word')
  const marked = await press('untestable', { words: 'He left it at that.' })
  expect(marked.status).toBe(303)
  const number = /value="(take:\d+)"/u.exec(text().slice(text().indexOf('Beside the article')))?.[1] ?? ''
  const taken = await press(number)
  expect(taken.text).toMatch(/data-at="\d+" dir="auto">(?:<a[^>]*>)?The price will double by May/u)
  expect(taken.text).toContain('The page shows 1 word more')
  expect(taken.text).toContain('<bdi dir="auto">He left it at that.</bdi>')
  expect((await press('take:99')).status).toBe(303)
})
