import { expect, test } from 'vitest'
import { orderText } from '../../src/web/charts/passage.ts'
import { site } from '../support/site.ts'
import { passed, proposal } from './inbox.ts'

test('the page of an analyst is cited as the ledger’s, with the entry that it is of and its lasting address', async () => {
  const { anonymous, log } = await site()
  const { analyst } = await log()
  const { text } = await anonymous.get(`/analysts/${analyst}`)
  const cited = /<div id="cite">(.*?)<\/div>/su.exec(text)?.[1] ?? ''
  const [bibtex = '', csl = ''] = [...cited.matchAll(/<pre[^>]*>(.*?)<\/pre>/gsu)].map(([, pre = '']) =>
    pre.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  )
  const [item] = JSON.parse(csl)
  const at = `http://localhost/analysts/${analyst}?as_of=${item.number}`
  expect(item).toMatchObject({ author: [{ literal: 'Reckoning' }], URL: at })
  expect(text).toContain(`up to entry ${item.number}`)
  expect(bibtex).toContain('author = {{Reckoning}}')
  expect(bibtex).toContain(`howpublished = {{Reckoning, entry ${item.number}}}`)
  expect(bibtex).toContain(`url = {${at}}`)
})

test('an analyst has the horizon of their own open questions, and somebody without one has none', async () => {
  const { anonymous, signedIn, log } = await site()
  const open = await log()
  const { question, analyst } = await log({ analyst: { name: 'Jane Roe' }, question: passed })
  const admin = await signedIn()
  expect((await admin.post(`/questions/${question}/resolutions`, proposal)).status).toBe(303)
  await admin.post(`/questions/${question}/resolutions/r1/confirm`, {})
  const theirs = (await anonymous.get(`/analysts/${open.analyst}`)).text
  const drawn = /<figure[^>]*id="horizon".*?<\/figure>/su.exec(theirs)?.[0] ?? ''
  expect([drawn.includes('A new war begins'), drawn.includes('Rates fall')]).toEqual([true, false])
  expect((await anonymous.get(`/analysts/${analyst}`)).text).not.toContain('id="horizon"')
})

test('passages are said to stand in reading order only where the place of each is known', () => {
  const [known, unknown] = [{ quote: { exact: 'a', start: 4 } }, { quote: { exact: 'b' } }]
  expect(orderText([known, known])).toBe('in reading order')
  expect(orderText([known, unknown])).toBe('in the order in which they were written down')
})

test('the page of a source whose quotes have no place says that they come as they were written down', async () => {
  const { anonymous, log } = await site()
  const { id } = await log()
  const { text } = await anonymous.get(`/sources/${id.split('_')[0]}`)
  expect(text).toContain('in the order in which they were written down')
  expect(text).not.toContain('in reading order')
})
