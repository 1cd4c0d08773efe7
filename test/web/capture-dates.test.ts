import { expect, test } from 'vitest'
import { listForecasts } from '../../src/store/forecasts.ts'
import { fieldValue } from '../support/site.ts'
import { capturing } from './capture-page.ts'

const TALK = `A talk about Mars
“The first human lands on Mars in 2031–2033,” said Ruth Amsel.
“The fuel plant will be ready no earlier than the spring of 2030,” she added.`

test('a forecast of a date proposes a question of dates, and is logged as the days that were named', async () => {
  const { editor, path, press, place, ledger, host } = await capturing(undefined, TALK)
  await press(place('forecast', 'The first human'), { '/source/published': '2026-11-20' })
  const page = (await editor.get(path)).text
  const named = (name: string) => fieldValue(page, `m1:${name}`)
  expect(named('/question/title')).toBe('The first human lands on Mars')
  expect(named('/question/type')).toBe('date')
  expect([named('/question/range/low'), named('/question/range/high')]).toEqual([
    '20 Nov 2026',
    '31 Dec 2033',
  ])
  expect(named('/question/deadline/date')).toBe('31 Dec 2033')
  expect([named('from'), named('to'), named('level')]).toEqual(['1 Jan 2031', '31 Dec 2033', ''])
  expect((await press('log')).status).not.toBe(303)
  const logged = await press('log', {
    'm1:level': '80',
    '/source/coverage': 'selected',
    '/source/selected_because': 'One of two.',
  })
  expect(logged.status).toBe(303)
  const { items } = await listForecasts(ledger.db, {}, host.now(), { limit: 2 })
  expect(items.map(({ forecast }) => forecast.record.probability)).toEqual([
    { interval: ['2031-01-01', '2033-12-31'], level: 0.8 },
  ])
})

test('where only the earliest day was named, its end is asked for and none is made up', async () => {
  const { editor, path, press, place } = await capturing(undefined, TALK)
  await press(place('forecast', 'The fuel plant'), { '/source/published': '2026-11-20' })
  const page = (await editor.get(path)).text
  const named = (name: string) => fieldValue(page, `m1:${name}`)
  expect([named('/question/type'), named('/question/range/high'), named('/question/deadline/date')]).toEqual([
    'date',
    '',
    '',
  ])
  expect(named('/question/deadline/because')).toContain('from when and not until when')
  expect(page).toContain('A date is forecast')
})
