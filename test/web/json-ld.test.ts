import { expect, test } from 'vitest'
import { disputeResolution } from '../../src/ledger/resolution/dispute-resolution.ts'
import { hostile } from '../support/bad-inputs.ts'
import { aForecast } from '../support/ledger.ts'
import { ORIGIN, site } from '../support/site.ts'
import { AFTERWARDS, confirm, propose } from '../support/steps.ts'

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const read = (html: string) => html.replaceAll(/&(#?\w+);/gu, (whole, name) => NAMED[name] ?? whole)
const element = (page: string) =>
  /<script type="application\/ld\+json">(.*?)<\/script>/su.exec(page)?.[1] ?? ''
const meta = (page: string, property: string) =>
  read(new RegExp(`<meta property="${property}" content="([^"]*)"`, 'u').exec(page)?.[1] ?? '')

const attacks = hostile('page JSON-LD ← question.title/quote', 'og:title ← question.title/quote')

test.each(attacks)('$why: what is shared of a page says it whole, as text', async ({ value }) => {
  const { log, anonymous } = await site()
  const words = String(value)
  const { question } = aForecast()
  const { id } = await log({ quote: words, question: { ...(question as object), title: words } })
  const forecast = (await anonymous.get(`/forecasts/${id}`)).text
  expect(element(forecast)).not.toContain('<')
  expect(JSON.parse(element(forecast))).toMatchObject({
    text: words,
    appearance: { text: words },
  })
  const shared = meta(forecast, 'og:title')
  expect(shared).toMatch(/^“.*” \(Konstantin Kalachev, 1 Nov 2026\)$/su)

  const source = (await anonymous.get(`/sources/${id.split('_')[0]}`)).text
  expect(JSON.parse(element(source))).toMatchObject({ hasPart: [{ text: words }] })
  for (const page of [forecast, source]) expect(page).not.toMatch(/<script>|"><script/u)

  const picture = (await anonymous.get(`/cards/forecasts/${id}.svg`)).text
  expect(picture).not.toContain('<script')
  const embed = (await anonymous.get(`/embed/forecasts/${id}`)).text
  expect(embed).not.toContain('<script')
  // The code for other people's pages is escaped twice: once for them, once for ours.
  const [, title = ''] = /<iframe src="[^"]*" title="([^"]*)" width/u.exec(read(forecast)) ?? []
  expect(read(title)).toBe(shared)
  expect(/<iframe/u.test(forecast)).toBe(false)
})

test('a forecast is a claim with its speaker, its day and the work in which it stands', async () => {
  const { log, anonymous } = await site()
  const { id } = await log()
  expect(JSON.parse(element((await anonymous.get(`/forecasts/${id}`)).text))).toEqual({
    '@context': 'https://schema.org',
    '@type': 'Claim',
    '@id': `${ORIGIN}/forecasts/${id}`,
    url: `${ORIGIN}/forecasts/${id}`,
    text: 'there will be no war',
    author: {
      '@type': 'Person',
      '@id': `${ORIGIN}/analysts/konstantin-kalachev`,
      name: 'Konstantin Kalachev',
    },
    datePublished: '2026-11-01',
    appearance: {
      '@type': 'Quotation',
      text: 'there will be no war',
      spokenByCharacter: {
        '@type': 'Person',
        '@id': `${ORIGIN}/analysts/konstantin-kalachev`,
        name: 'Konstantin Kalachev',
      },
      isPartOf: {
        '@type': 'CreativeWork',
        '@id': `${ORIGIN}/sources/2026-11-an-interview`,
        name: 'An interview',
        url: 'https://example.com/interview',
        datePublished: '2026-11-01',
      },
    },
  })
})

test('what a reporter made of it is no quotation, to machines neither', async () => {
  const { log, anonymous } = await site()
  const { id } = await log({ voice: 'paraphrase' })
  for (const path of [`/forecasts/${id}`, `/sources/${id.split('_')[0]}`])
    expect(element((await anonymous.get(path)).text)).not.toContain('Quotation')
})

test('a citation is by the ledger, names the speaker beside the words, and nothing in it is a command', async () => {
  const { log, anonymous } = await site()
  const quote = 'Rates “fall” by 5 % & $1 {x} \\input ~ ^ #_ in War and Peace'
  const title =
    '“Rates ‘fall’ by 5 % & $1 {x} \\input ~ ^ #_ in War and Peace” (Konstantin Kalachev, 1 Nov 2026)'
  const { id } = await log({ quote })
  const page = read((await anonymous.get(`/forecasts/${id}`)).text)
  const [, bibtex = '', csl = ''] =
    /<h3>BibTeX<\/h3><pre[^>]*>(.*?)<\/pre>.*?<pre[^>]*>(.*?)<\/pre>/su.exec(page) ?? []
  const [, entry = ''] = /Reckoning, entry (\d+)/u.exec(bibtex) ?? []
  const [, url = ''] = /url = \{(.*)\}/u.exec(bibtex) ?? []
  expect(url).toMatch(new RegExp(`^${ORIGIN}/forecasts/${id}(\\?as_of=\\d+)?$`, 'u'))
  const note = `Said in: An interview. open until 31 Dec 2026, as of entry ${entry}.`
  expect(bibtex.split('\n')).toEqual([
    `@misc{${id},`,
    '  author = {{Reckoning}},',
    '  title = {{“Rates ‘fall’ by 5 \\% \\& \\$1 x \\textbackslash{}input \\textasciitilde{} \\textasciicircum{} \\#\\_ in War and Peace” (Konstantin Kalachev, 1 Nov 2026)}},',
    '  year = {2026},',
    `  howpublished = {{Reckoning, entry ${entry}}},`,
    `  url = {${url}},`,
    `  note = {{${note}}},`,
    '  urldate = {2026-11-22}',
    '}',
  ])
  expect([...bibtex].filter((letter) => letter === '{').length).toBe(
    [...bibtex].filter((letter) => letter === '}').length,
  )
  expect(JSON.parse(csl)).toEqual([
    {
      id,
      type: 'webpage',
      title,
      author: [{ literal: 'Reckoning' }],
      'container-title': 'Reckoning',
      number: entry,
      issued: { 'date-parts': [[2026, 11, 22]] },
      URL: url,
      accessed: { 'date-parts': [[2026, 11, 22]] },
      note,
    },
  ])
})

test('once nobody can object any more, what became of a claim is told in words, and to machines in no number', async () => {
  const held = await site()
  const { id, question } = await held.log()
  held.at(AFTERWARDS)
  const resolution = await propose(held, question)
  await confirm(held, question, resolution.id)
  const data = async () => JSON.parse(element((await held.anonymous.get(`/forecasts/${id}`)).text))
  expect(await data()).toMatchObject({ '@type': 'Claim' })
  held.at('2027-01-04T01:00:00.000Z')
  const review = await data()
  expect(review).toEqual({
    '@context': 'https://schema.org',
    '@type': 'ClaimReview',
    '@id': `${ORIGIN}/forecasts/${id}#review`,
    url: `${ORIGIN}/forecasts/${id}`,
    claimReviewed: 'there will be no war',
    datePublished: '2027-01-02',
    author: { '@type': 'Organization', name: 'Reckoning', url: `${ORIGIN}/` },
    reviewRating: { '@type': 'Rating', alternateName: 'Came true' },
    itemReviewed: expect.objectContaining({
      '@type': 'Claim',
      author: expect.objectContaining({ name: 'Konstantin Kalachev' }),
      appearance: expect.objectContaining({ '@type': 'Quotation' }),
    }),
  })
  expect(JSON.stringify(review)).not.toContain('A new war begins')
  await disputeResolution(held.ledger, held.unit, question, resolution.id, { because: 'It began.' })
  expect(await data()).toMatchObject({ '@type': 'Claim' })
})

test('what a reporter made of it is reviewed by nobody, final or not', async () => {
  const held = await site()
  const { id, question } = await held.log({ voice: 'paraphrase' })
  held.at(AFTERWARDS)
  await confirm(held, question, (await propose(held, question)).id)
  held.at('2027-01-09T00:00:00.000Z')
  expect(JSON.parse(element((await held.anonymous.get(`/forecasts/${id}`)).text))).toMatchObject({
    '@type': 'Claim',
  })
})

test('a person with a Wikidata id is the same one there, on their page and to machines', async () => {
  const held = await site()
  const { id, analyst } = await held.log({ analyst: { name: 'Konstantin Kalachev', wikidata: 'Q4209' } })
  const same = 'https://www.wikidata.org/entity/Q4209'
  const page = (await held.anonymous.get(`/analysts/${analyst}`)).text
  expect(JSON.parse(element(page))).toMatchObject({ '@type': 'Person', sameAs: same })
  expect(page).toContain(`href="${same}"`)
  expect(JSON.parse(element((await held.anonymous.get(`/forecasts/${id}`)).text))).toMatchObject({
    author: { sameAs: same },
  })
})
