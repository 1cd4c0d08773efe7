import { expect, test } from 'vitest'
import { listForecasts } from '../../src/store/forecasts.ts'
import { fieldValue } from '../support/site.ts'
import { capturing, fieldsOf } from './capture-page.ts'

const ARMENIAN = `Հարցազրույց
Նոր պատերազմ չի լինի, բայց ճնշումը Երևանի վրա կշարունակվի։ Will there be a war? They should sign.`
const RUSSIAN = `Разговор с политологом
«Новой войны в этом году, скорее всего, не будет», — сказал Константин Калачев.
«Давление на Ереван продолжится», — отметил Калачев.`
const UNREAD = 'This text is Armenian: passages are not suggested; mark them yourself'

test('a text that is not read says so, suggests nothing, proposes no deadline, and is never complete by default', async () => {
  const { editor, path, press } = await capturing(undefined, ARMENIAN)
  const { text } = await editor.get(path)
  expect(text).toContain(UNREAD)
  expect(text).toContain('nothing is suggested')
  expect(fieldsOf(text).some(([name]) => name === '/source/coverage')).toBe(false)
  const start = ARMENIAN.indexOf('Նոր')
  const marked = await press(`forecast:raw:${start}-${ARMENIAN.indexOf('։')}`, {
    '/source/published': '2026-11-20',
  })
  expect(marked.status).toBe(303)
  const page = (await editor.get(path)).text
  expect(fieldValue(page, 'm1:/question/deadline/date')).toBe('')
  expect(page).not.toContain('No horizon was named')
  expect(page).toContain('in words that nobody measured, for yes')
  // The editor may say that nothing else was forecast in it.
  const said = await press('save', { '/source/coverage': 'complete' })
  expect(said.status).toBe(303)
})

test('whoever names another language is believed', async () => {
  const { press } = await capturing(undefined, ARMENIAN)
  const { text } = await press('save', { '/source/language': 'ka' })
  expect(text).toContain('This text is Georgian')
})

test('an interview in Russian is suggested, and its words are logged without a band of English', async () => {
  const held = await capturing(undefined, RUSSIAN)
  const { editor, path, press, place, ledger, host } = held
  const page = (await editor.get(path)).text
  expect(page).not.toContain('passages are not suggested')
  expect(fieldValue(page, '/analyst/name')).toBe('Константин Калачев')
  await press(place('forecast', 'Новой войны'), {
    '/source/published': '2026-11-01',
    '/source/coverage': 'complete',
  })
  const { text } = await press('save', { 'm1:/question/title': 'A new war begins' })
  expect(fieldValue(text, 'm1:/question/deadline/date')).toBe('31 Dec 2026')
  expect(text).toContain('No words are measured in Russian')
  await press(place('forecast', 'Давление'), {
    'm1:manner': 'leans-no',
    'm1:/probability/words': 'скорее всего',
  })
  const done = await press('log', { 'm2:/question/title': 'Yerevan is pressed' })
  expect([done.status, done.location]).toEqual([303, expect.stringContaining('/sources/')])
  const { items } = await listForecasts(ledger.db, {}, host.now(), { limit: 10 })
  expect(items.map(({ forecast }) => forecast.record.probability)).toEqual(
    expect.arrayContaining([
      { words: 'скорее всего', leans: 'no' },
      { words: 'продолжится', categorical: 'yes' },
    ]),
  )
})
