import { describe, expect, it, test } from 'vitest'
import { recordAnalyst } from '../../src/ledger/analyst/record-analyst.ts'
import { listAnalysts } from '../../src/store/nouns.ts'
import { drawing } from '../support/drawing.ts'
import { problemAt, site } from '../support/site.ts'
import { typed } from './capture-form.ts'
import { capturing } from './capture-page.ts'

const recorded = async (name: string, more: object = {}) => {
  const on = await site()
  await recordAnalyst(on.ledger, on.unit, { name, ...more })
  const names = async () =>
    (await listAnalysts(on.ledger.db, {}, { limit: 20 })).items.map(({ record }) => record.name).sort()
  return { on, names }
}
const DISTINCT = '/analyst/distinct_from'

describe('where a name is typed on the page of a capture', () => {
  it('whom it means is shown, and who it may mean is offered, with a button that takes the recorded name', async () => {
    const { on } = await recorded('Konstantin Kalachev', { affiliation: 'Alpha Group' })
    const { press } = await capturing(on)
    const exact = await press('save', { '/analyst/name': 'konstantin kalachev' })
    expect(exact.text).toMatch(/Recorded already: <a href="\/analysts\/konstantin-kalachev">/u)
    const near = await press('save', { '/analyst/name': 'Калачёв К.' })
    expect(near.text).toContain('One person has one record.')
    expect(near.text).toContain('Alpha Group')
    const button = /value="(speaker:capture:[^"]*)"/u.exec(near.text)?.[1] ?? ''
    const taken = await press(button)
    expect(taken.text).toMatch(
      /name="\/analyst\/name" [^>]*value="Konstantin Kalachev"|value="Konstantin Kalachev"/u,
    )
    expect(taken.text).not.toContain('One person has one record.')
  })

  it('another person is recorded when that is said, and asked for otherwise', async () => {
    const { on, names } = await recorded('Nora Vale')
    const { press, place } = await capturing(on)
    const given = {
      '/analyst/name': 'N. Vale',
      '/source/title': 'An interview',
      '/source/published': '2026-11-20',
      '/source/type': 'interview',
      '/source/coverage': 'selected',
      '/source/selected_because': 'One remark.',
    }
    await press('save', given)
    await press(place('untestable', 'The president, who won'))
    const asked = await press('log')
    expect(asked.status).toBe(422)
    expect(asked.text).toContain('May be Nora Vale (nora-vale), recorded already.')
    const logged = await press('log', { [DISTINCT]: 'nora-vale' })
    expect(logged.location, problemsOf(logged.text)).toMatch(/^\/sources\//u)
    expect(await names()).toEqual(['N. Vale', 'Nora Vale'])
  })

  it('two new names that may be one person are compared with each other, and neither is recorded in silence', async () => {
    const on = await site()
    const { press, place } = await capturing(on)
    await press('save', {
      '/analyst/name': 'John Smith',
      '/source/title': 'An interview',
      '/source/published': '2026-11-20',
      '/source/type': 'interview',
      '/source/coverage': 'selected',
      '/source/selected_because': 'Two remarks.',
    })
    await press(place('untestable', 'The president, who won'))
    await press(place('untestable', 'What does he need it for'))
    const shown = await press('save', { 'm2:/analyst/name': 'J. Smith' })
    expect(shown.text).toContain('Named in this text, too?')
    expect(shown.text).toContain(`name="m2:${DISTINCT}" value="john-smith"`)
    const asked = await press('log')
    expect(asked.status).toBe(422)
    expect(asked.text).toContain('May be John Smith (john-smith), named here, too.')
    const taken = await press('speaker:m2:John Smith')
    expect(taken.text).not.toContain('Named in this text, too?')
    await press('save', { 'm2:/analyst/name': 'J. Smith' })
    const logged = await press('log', { [`m2:${DISTINCT}`]: 'john-smith' })
    expect(logged.location, problemsOf(logged.text)).toMatch(/^\/sources\//u)
    const names = (await listAnalysts(on.ledger.db, {}, { limit: 9 })).items.map(({ record }) => record.name)
    expect(names.sort()).toEqual(['J. Smith', 'John Smith'])
  })

  it('an id is asked for where the letters of the name are not known, and only there', async () => {
    const { press } = await capturing()
    expect((await press('save', { '/analyst/name': 'Nora Vale' })).text).not.toContain('/analyst/id')
    expect((await press('save', { '/analyst/name': '王小明' })).text).toContain('name="/analyst/id"')
    const kept = await press('save', { '/analyst/id': 'wang-xiaoming' })
    expect(kept.text).toContain('value="wang-xiaoming"')
  })
})

const problemsOf = (text: string) => /<div[^>]*role="alert">.*?<\/div>/su.exec(text)?.[0] ?? ''

test('the form for one forecast offers whom a name may mean, and goes on with another person', async () => {
  const { on, names } = await recorded('Konstantin Kalachev')
  const editor = await on.signedIn()
  const fields = { ...typed, '/analyst/name': 'Kalachev, K.' }
  const asked = await editor.post('/capture/one', fields)
  expect(asked.status).toBe(409)
  expect(problemAt(asked.text, 'capture-analyst-name')).toContain('recorded already')
  expect(asked.text).toContain(`name="${DISTINCT}" value="konstantin-kalachev"`)
  expect((await editor.post('/capture/one', { ...fields, [DISTINCT]: 'konstantin-kalachev' })).status).toBe(
    303,
  )
  expect(await names()).toEqual(['Kalachev, K.', 'Konstantin Kalachev'])
  const unwritable = await editor.post('/capture/one', { ...fields, '/analyst/name': '王小明' })
  expect(unwritable.status).toBe(422)
  expect(problemAt(unwritable.text, 'capture-analyst-id')).toContain('Is needed')
})

test('quotes, titles and names say in which language they are, on pages, embeds, pictures and in data', async () => {
  const on = await site()
  const quote = 'Дождя не будет'
  const { id, analyst, question } = await on.log({
    analyst: { name: 'Հովիկ Ոսկանյան' },
    quote,
    source: { title: 'О дожде', type: 'interview', published: '2026-11-01', language: 'ru' },
  })
  const source = id.slice(0, id.indexOf('_'))
  const words = new RegExp(`lang="ru"[^>]*>(?:<q>)?(?:<bdi dir="auto" lang="ru">)?“?${quote}`, 'u')
  for (const path of [
    '/',
    '/ledger',
    `/forecasts/${id}`,
    `/questions/${question}`,
    `/sources/${source}`,
    `/analysts/${analyst}`,
    `/embed/forecasts/${id}`,
  ]) {
    const { text, status } = await on.anonymous.get(path)
    expect(status, path).toBe(200)
    expect(text, path).toMatch(words)
  }
  const { drawn } = await drawing(on, `/cards/forecasts/${id}.png`)
  expect(drawn).toContain(quote)
  expect(drawn).toContain('Original, Russian')
  for (const path of [
    '/',
    '/ledger',
    '/analysts',
    `/analysts/${analyst}`,
    `/sources/${source}`,
    `/embed/forecasts/${id}`,
  ])
    expect((await on.anonymous.get(path)).text, path).toMatch(/lang="hy">Հովիկ Ոսկանյան/u)
  expect((await on.anonymous.get('/sources')).text).toMatch(/lang="ru">О дожде/u)
  expect((await on.anonymous.get(`/forecasts/${id}`)).text).toContain('"inLanguage":"ru"')
  const plain = await on.log({ quote: 'it will rain' })
  expect((await on.anonymous.get(`/forecasts/${plain.id}`)).text).toContain('<bdi dir="auto">it will rain')
})
