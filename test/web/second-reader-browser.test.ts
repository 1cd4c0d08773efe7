import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { secondReader } from '../../src/model/second-reader.ts'
import { modelServer, says } from '../support/model.ts'
import { until } from '../support/process.ts'
import { begin, useBrowser, visit } from './capture-visit.ts'

useBrowser()

const PASSAGE = {
  quote: 'However, the pressure will continue.',
  kind: 'forecast',
  event: 'Karsk keeps pressing',
  criteria: 'Two agencies report it.',
}

test('while a model reads, the page can be worked on, and then shows what it proposes', async () => {
  let waiting: ServerResponse | null = null
  const model = await modelServer((response) => {
    waiting = response
  })
  const endpoint = secondReader({ url: model.url, key: undefined, model: 'm-one' })
  const on = await visit({}, { secondReader: endpoint })
  const { page, complaints } = on
  await begin(on)
  const ask = page.getByRole('button', { name: /^Send the text to 127\.0\.0\.1/u })
  await ask.click()
  await page.getByText('The text was sent; you can go on meanwhile.').waitFor()
  const response = await until('the request to the model', () => waiting)
  expect(await ask.isDisabled()).toBe(true)
  const analyst = page.getByLabel('Analyst', { exact: true })
  await analyst.fill('Nora Vale, the analyst')
  await page.getByText('Saved. Nothing is logged yet.').waitFor()
  says({ passages: [PASSAGE] })(response)
  await page.getByText('Proposed by m-one: a forecast').waitFor()
  expect(await analyst.inputValue()).toBe('Nora Vale, the analyst')
  await page.getByRole('button', { name: 'Take over' }).click()
  await page.locator('#x1n0').waitFor()
  expect(await page.getByLabel('Event, worded positively').inputValue()).toBe('Karsk keeps pressing')
  expect(await analyst.inputValue()).toBe('Nora Vale, the analyst')
  expect(complaints).toEqual([])
})
