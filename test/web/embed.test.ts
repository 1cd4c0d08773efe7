import { expect, test } from 'vitest'
import { drawing } from '../support/drawing.ts'
import { site } from '../support/site.ts'

const framing = (headers: Headers) =>
  /frame-ancestors ([^;]*)/u.exec(headers.get('content-security-policy') ?? '')?.[1]

test('only the pages made for it can be framed, and they carry nothing to press and nothing of the reader', async () => {
  const { log, anonymous, signedIn } = await site()
  const { id, question, analyst } = await log()
  const admin = await signedIn()
  for (const path of [
    `/embed/forecasts/${id}`,
    `/embed/analysts/${analyst}`,
    `/charts/questions/${question}/voices`,
  ])
    for (const visitor of [anonymous, admin, anonymous]) {
      const { status, headers, text } = await visitor.get(path)
      expect([path, status, framing(headers)]).toEqual([path, 200, '*'])
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(text).not.toMatch(/<form|<button|<input|<script|Signed in/u)
    }
  for (const path of [
    '/',
    '/ledger',
    '/due',
    `/forecasts/${id}`,
    `/questions/${question}`,
    `/analysts/${analyst}`,
    '/embed/forecasts/nothing',
    '/embed/analysts/nobody',
    '/embed/',
    '/embed/../due',
    `/api/forecasts/${id}`,
    `/cards/forecasts/${id}.svg`,
    `/charts/questions/${question}/nothing`,
  ])
    for (const visitor of [anonymous, admin])
      expect([path, framing((await visitor.get(path)).headers)]).toEqual([path, "'none'"])
})

test('the page says how to frame it, and the picture and the frame say what the page says', async () => {
  const { log, anonymous } = await site()
  const { id, analyst } = await log()
  const page = (await anonymous.get(`/forecasts/${id}`)).text
  expect(page).toContain(`&lt;iframe src=&quot;http://localhost/embed/forecasts/${id}&quot;`)
  expect(page).toContain(`<meta property="og:image" content="http://localhost/cards/forecasts/${id}.png"/>`)
  expect(page).toContain('<meta name="twitter:card" content="summary_large_image"/>')

  const frame = (await anonymous.get(`/embed/forecasts/${id}`)).text
  for (const words of [
    'there will be no war',
    'A new war begins',
    'Konstantin Kalachev',
    '[0–9\u00a0%]',
    'open',
  ])
    expect(frame).toContain(words)

  const verdict = 'No forecast by Konstantin Kalachev has been decided yet'
  const record = (await anonymous.get(`/analysts/${analyst}`)).text
  const lead = /<p class="lead">([^<]*)/u.exec(record)?.[1] ?? verdict
  expect((await anonymous.get(`/embed/analysts/${analyst}`)).text).toContain(lead)
})

test('a paraphrase is labelled in the frame and in the picture, and quoted in neither', async () => {
  const held = await site()
  const { log, anonymous } = held
  const { id } = await log({ voice: 'paraphrase', quote: 'war is off the table' })
  const { drawn } = await drawing(held, `/cards/forecasts/${id}.png`)
  expect(drawn).toContain('As reported: war is off the table')
  expect(drawn).not.toContain('“')
  expect((await anonymous.get(`/embed/forecasts/${id}`)).text).toContain('As reported, not word for word')
})

test('where the ledger is not public, neither are its frames and pictures', async () => {
  const { log, anonymous } = await site({ public: false })
  const { id, analyst } = await log()
  for (const path of [
    `/embed/forecasts/${id}`,
    `/embed/analysts/${analyst}`,
    `/cards/forecasts/${id}.png`,
    `/cards/analysts/${analyst}.png`,
    '/sitemap.xml',
    `/oembed?url=http://localhost/forecasts/${id}`,
    '/forecasts/there-will-be-no-war',
    '/nowhere-war',
  ]) {
    const { status, text } = await anonymous.get(path)
    expect([path, [401, 404].includes(status)]).toEqual([path, true])
    expect(text).not.toContain('A new war begins')
    expect(text).not.toContain('there will be no war')
  }
})
