import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readTotals } from '../../src/store/nouns.ts'
import { TEXT } from './capture-page.ts'
import {
  allDecided,
  begin,
  checkAndLog,
  sealButton,
  select,
  suggestion,
  toolbar,
  useBrowser,
  type Visit,
  visit,
} from './capture-visit.ts'

useBrowser()

const LEAST = 44
const totals = ({ held }: Visit) => readTotals(held.ledger.db)

/** What is meant to be pressed and is smaller than a finger. */
const tooSmall = (page: Page) =>
  page.locator('main :is(button, summary, select, textarea, input, .choices label):visible').evaluateAll(
    (targets, least) =>
      targets
        .filter((target) => target.closest('.unseen, .choices label > *') === null)
        .filter((target) => !/^(radio|checkbox)$/u.test(target.getAttribute('type') ?? ''))
        .filter((target) => target.getBoundingClientRect().height < least)
        .map(({ outerHTML }) => outerHTML.slice(0, 120)),
    LEAST,
  )

/** The buttons of the bar: whether each is large enough, in sight, and under nothing else. */
const reachable = (page: Page) =>
  toolbar(page)
    .locator('button')
    .evaluateAll(
      (buttons, least) =>
        buttons.map((button) => {
          const { left, top, right, bottom, width, height } = button.getBoundingClientRect()
          const isWhole = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
          const onTop = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
          return isWhole && width >= least && height >= least && onTop === button
        }),
      LEAST,
    )

test('by touch at 360 px: begin, select, mark, type and log, with room for a finger everywhere', async () => {
  const on = await visit({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
  })
  const { page, origin, complaints } = on
  await page.goto(`${origin}/capture`)
  await page.getByLabel('The text').tap()
  await page.keyboard.insertText(TEXT)
  await page.getByLabel('Published').tap()
  await page.keyboard.insertText('2026-11-20')
  expect(await tooSmall(page)).toEqual([])
  await page.getByRole('button', { name: 'Begin' }).tap()
  await page.waitForURL(/\/captures\//u)
  // A finger selects without an event of a mouse: only the selection changes.
  await select(page, 'its duty begins nowhere')
  await toolbar(page).waitFor()
  expect(await reachable(page)).toEqual([true, true, true])
  await toolbar(page).getByRole('button', { name: 'Untestable' }).tap()
  await page.locator('#m1.untestable', { hasText: 'its duty begins nowhere' }).waitFor()
  expect(await toolbar(page).isVisible()).toBe(false)
  await suggestion(page, 'the pressure will').getByRole('button', { name: 'Forecast' }).tap()
  const event = page.getByLabel('Event, worded positively')
  await event.waitFor()
  expect(await event.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.insertText('Karsk keeps pressing')
  expect(await tooSmall(page)).toEqual([])
  await page.getByText('Every forecast in it').tap()
  await page.getByRole('button', { name: /^Leave/u }).tap()
  await page.locator('.suggested').first().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Check 1 forecast and 1 untestable remark' }).tap()
  await page.waitForURL(/\/check$/u)
  expect(await tooSmall(page)).toEqual([])
  await sealButton(page).tap()
  await page.waitForURL(/\/logged$/u)
  expect(await totals(on)).toMatchObject({ forecasts: 1, untestable: 1 })
  expect(complaints).toEqual([])
})

test('a selection beyond the last line ends with the text, and one outside of it is none', async () => {
  const on = await visit()
  const { page } = on
  await begin(on)
  await page.evaluate(() => {
    const last = document.querySelector('#article p:last-child') as HTMLElement
    const beyond = document.querySelector('#by-words') as HTMLElement
    const words = document.createTreeWalker(last, NodeFilter.SHOW_TEXT).nextNode() as Text
    getSelection()?.setBaseAndExtent(words, 0, beyond.firstChild as Node, 4)
  })
  await toolbar(page).getByRole('button', { name: 'Untestable' }).click()
  expect(await page.locator('#m1 q').innerText()).toBe(TEXT.split('\n').at(-1)?.replaceAll(/[“”]/gu, '"'))
  await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('#by-words') as Node))
  await page.waitForFunction(() => getSelection()?.toString() !== '')
  expect(await toolbar(page).isVisible()).toBe(false)
})

test('without script: begin, mark by words, accept what is suggested, and log', async () => {
  const on = await visit({ javaScriptEnabled: false })
  const { page } = on
  await begin(on)
  const byWords = page.locator('.by-words')
  await byWords.getByLabel('Its words').fill('nothing of the kind')
  await byWords.getByRole('button', { name: 'Untestable' }).click()
  await page.getByText('Is not in the text of the source').first().waitFor()
  expect(await byWords.getByLabel('Its words').inputValue()).toBe('nothing of the kind')
  await byWords.getByLabel('Its words').fill('The border is [...] begins nowhere')
  await byWords.getByRole('button', { name: 'Untestable' }).click()
  await page
    .locator('#m1.untestable', { hasText: 'The border is not settled, so its duty begins nowhere' })
    .waitFor()
  await suggestion(page, 'But for all that').getByRole('button', { name: 'Forecast' }).click()
  await page.getByLabel('Event, worded positively').fill('Karsk opens a second front')
  await page.getByRole('button', { name: /^Accept .* as suggested/u }).click()
  expect(await page.locator('.capture-card.duplicate').count()).toBeGreaterThan(0)
  await allDecided(page)
  await checkAndLog(page, /^Check 1 forecast, /u)
  const { forecasts, duplicates, untestable } = await totals(on)
  expect([forecasts, duplicates > 0, untestable > 2]).toEqual([1, true, true])
})

test('by keyboard alone a passage that was not suggested is marked by its first and last words', async () => {
  const on = await visit()
  const { page, origin, complaints } = on
  await page.goto(`${origin}/capture`)
  const tabTo = async (sought: string) => {
    for (let strokes = 1; strokes < 80; strokes++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate((place) => document.activeElement?.matches(place) === true, sought))
        return strokes
    }
    throw new Error(`Nothing leads to ${sought}.`)
  }
  await tabTo('textarea[name=text]')
  await page.keyboard.insertText(TEXT)
  await tabTo('[name=published]')
  await page.keyboard.type('2026-11-20')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/captures\//u)
  await tabTo('[name=words]')
  await page.keyboard.type('The border is [...] begins nowhere')
  await tabTo('.by-words button[value=untestable]')
  await page.keyboard.press('Enter')
  const card = page.locator('#m1.untestable', { hasText: 'so its duty begins nowhere' })
  await card.waitFor()
  expect(await card.evaluate((one) => one.contains(document.activeElement))).toBe(true)
  // From a suggestion that was left the keys go on with the next one.
  await page.keyboard.press('n')
  const words = await page.evaluate(() => document.activeElement?.querySelector('q')?.textContent ?? '')
  await tabTo('.suggested button[value^=ignore]')
  await page.keyboard.press('Enter')
  await suggestion(page, words).waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.matches('.suggested'))).toBe(true)
  expect(complaints).toEqual([])
})

test('at a zoom of 200 % the bar is in reach, nothing covers what has the focus, and a passage is logged', async () => {
  const on = await visit({ viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 })
  const { page } = on
  await begin(on)
  await select(page, 'The border is not settled')
  await toolbar(page).waitFor()
  expect(await reachable(page)).toEqual([true, true, true])
  await toolbar(page).getByRole('button', { name: 'Forecast' }).click()
  const event = page.getByLabel('Event, worded positively')
  await event.waitFor()
  const inSight = () =>
    page.evaluate(() => {
      const { left, top, right, bottom } = (document.activeElement as Element).getBoundingClientRect()
      const onTop = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      return top >= 0 && bottom <= innerHeight && onTop === document.activeElement
    })
  expect([await event.evaluate((field) => field === document.activeElement), await inSight()]).toEqual([
    true,
    true,
  ])
  await page.keyboard.type('The border is settled')
  await page.getByLabel('How likely they made the event').selectOption('no')
  await page.getByLabel('The words that say it').fill('is not settled')
  await allDecided(page)
  await checkAndLog(page, '1 forecast')
  expect((await totals(on)).forecasts).toBe(1)
})
