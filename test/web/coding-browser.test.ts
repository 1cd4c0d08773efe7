import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { SourceRequest } from '../../src/core/source.ts'
import { openRound } from '../../src/ledger/coding/round.ts'
import { recordSource } from '../../src/ledger/source/record-source.ts'
import { findCoding } from '../../src/store/coding.ts'
import { axeFaults } from '../support/axe.ts'
import { toolbar, useBrowser, visit } from './capture-visit.ts'

useBrowser()

const TEXT = `What will the winter bring?

There will be no new war this year. We hope so.

The pressure goes on: we hope so. It will not end before May.`

async function coding() {
  const on = await visit()
  const { held, page, origin } = on
  const source = { title: 'A talk', type: 'interview', published: '2026-11-01', text: TEXT }
  await recordSource(held.ledger, held.unit, SourceRequest.parse(source))
  const { event } = await openRound(held.ledger, held.unit, { source: '2026-11-a-talk' })
  const { id } = event.payload as { id: string }
  await page.goto(`${origin}/codings/${id}/own`)
  const kept = async () =>
    (await findCoding(held.ledger.db, id, held.unit.by.member))?.coding.passages.map(
      ({ quote, kind, start }) => [quote, kind, start],
    )
  return { ...on, kept }
}

/** Where the last place of these words stands on the screen. */
const boxOf = (page: Page, words: string) =>
  page.evaluate((sought) => {
    const walker = document.createTreeWalker(
      document.querySelector('.coding-text') as Node,
      NodeFilter.SHOW_TEXT,
    )
    const range = document.createRange()
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.lastIndexOf(sought) ?? -1
      if (at === -1) continue
      range.setStart(node, at)
      range.setEnd(node, at + sought.length)
    }
    const { left, right, top, bottom } = range.getBoundingClientRect()
    return { left, right, y: (top + bottom) / 2 }
  }, words)

/** Draws over these words with the mouse. */
async function draw(page: Page, words: string): Promise<void> {
  const { left, right, y } = await boxOf(page, words)
  await page.mouse.move(left + 0.5, y)
  await page.mouse.down()
  await page.mouse.move((left + right) / 2, y)
  await page.mouse.move(right - 0.5, y)
  await page.mouse.up()
}

test('a passage is marked by drawing over it with the mouse, and kept where it was drawn', async () => {
  const { page, kept, complaints } = await coding()
  // Words are taken whole.
  await draw(page, 'o new war this ye')
  await toolbar(page).getByRole('button', { name: 'Flat' }).click()
  expect(await page.getByLabel('Passage', { exact: true }).inputValue()).toBe('no new war this year')
  expect(await page.getByLabel('Event').evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('A new war begins')
  await page.getByLabel('Deadline').fill('31 Dec 2026')
  await page.getByLabel('Band from, %').fill('0')
  await page.getByLabel('to, %').fill('10')
  await page.getByLabel('Your own probability, %').fill('20')
  await page.getByRole('button', { name: 'Keep this passage' }).click()
  await page.locator('.coding-text mark', { hasText: 'no new war this year' }).waitFor()
  // These words stand in the text twice, and the second time was meant.
  await draw(page, 'hope so')
  await toolbar(page).getByRole('button', { name: 'No forecast' }).click()
  await page.getByLabel('Reason').selectOption('normative')
  await page.getByRole('button', { name: 'Keep this passage' }).click()
  await page.locator('.coding-text mark', { hasText: 'hope so' }).waitFor()
  const flat = TEXT.replaceAll(/\s+/gu, ' ')
  expect(await kept()).toEqual([
    ['no new war this year', 'flat', flat.indexOf('no new war')],
    ['hope so', 'no_forecast', flat.lastIndexOf('hope so')],
  ])
  expect(complaints).toEqual([])
})

test('by keyboard: a selection is grown with the keys, and one key says what it is', async () => {
  const { page, kept, complaints } = await coding()
  const { left, y } = await boxOf(page, 'It will not end')
  await page.mouse.dblclick(left + 3, y)
  for (const _ of ['will', 'not', 'end']) await page.keyboard.press('Control+Shift+ArrowRight')
  await page.keyboard.press('v')
  expect(await page.getByLabel('Passage', { exact: true }).inputValue()).toBe('It will not end')
  expect(await page.getByLabel('Reason').evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await page.getByLabel('Event').isVisible()).toBe(false)
  await page.getByLabel('Reason').selectOption('no_event')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.locator('.coding-text mark').waitFor()
  expect((await kept())?.[0]?.slice(0, 2)).toEqual(['It will not end', 'vague'])
  // What was kept is changed with its place, and keys type in fields.
  await page.getByRole('link', { name: 'Change it' }).click()
  await page.getByLabel('Note').fill('')
  await page.getByLabel('Note').pressSequentially('of now')
  expect(await page.getByLabel('Too vague to be decided').isChecked()).toBe(true)
  expect(complaints).toEqual([])
})

test('the page of a coder has no fault that axe finds, with words selected', async () => {
  const { page } = await coding()
  await draw(page, 'no new war this year')
  await toolbar(page).waitFor()
  expect(await axeFaults(page)).toEqual([])
})
