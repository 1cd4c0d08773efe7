import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { listForecasts } from '../../src/store/forecasts.ts'
import { axeFaults } from '../support/axe.ts'
import { TEXT } from './capture-page.ts'
import { begin, sealButton, suggestion, useBrowser, visit } from './capture-visit.ts'

useBrowser()

// A page that has arrived focuses what asks for it a moment later.
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)

for (const javaScriptEnabled of [true, false])
  test(`${javaScriptEnabled ? 'with' : 'without'} script: seven actions and one sentence from a text to its receipt`, async () => {
    const on = await visit({ javaScriptEnabled })
    const { page, origin, held, complaints } = on
    await page.goto(`${origin}/capture`)
    let actions = 0
    const act = async (done: Promise<unknown>) => {
      actions++
      await done
    }
    await act(page.getByLabel('The text').fill(TEXT))
    await act(page.getByLabel('Published').fill('20 Nov 2026'))
    await act(page.getByRole('button', { name: 'Begin' }).click())
    await page.waitForURL(/\/captures\//u)
    const capture = new URL(page.url()).pathname
    await act(suggestion(page, 'there will be no blockade').getByRole('button', { name: 'Forecast' }).click())
    await page.getByLabel('Event, worded positively').fill('A blockade of the strait begins')
    await act(page.getByLabel('Every forecast in it').check())
    await act(page.getByRole('button', { name: 'Check 1 forecast' }).click())
    await page.waitForURL(`${origin}${capture}/check`)

    await expect.poll(() => focused(page)).toBe('Check before it is sealed')
    expect(await page.locator('.step-bar [aria-current=step]').innerText()).toBe('Check')
    expect(await page.locator('.would-be > div').allInnerTexts()).toEqual([
      expect.stringMatching(
        /^If a blockade of the strait begins by 31 Dec 2026, this did not come true\.\n+Pages will read: “Did not come true · it happened”$/u,
      ),
      expect.stringMatching(
        /^Unless a blockade of the strait begins by 31 Dec 2026, this came true\.\n+Pages will read: “Came true · it did not happen”$/u,
      ),
    ])
    const undecided = page.locator('.not-logged', { hasText: 'Nobody decided on these' })
    expect(await undecided.locator('li').count()).toBeGreaterThan(3)
    expect(await undecided.innerText()).toContain('However, the pressure will continue')
    const head = await held.host.head()
    expect((await listForecasts(held.ledger.db, {}, held.host.now(), { limit: 5 })).items).toEqual([])

    await act(sealButton(page).click())
    await page.waitForURL(`${origin}${capture}/logged`)
    expect(actions).toBe(7)
    await expect.poll(() => focused(page)).toBe('Logged: 1 forecast')
    const { items } = await listForecasts(held.ledger.db, {}, held.host.now(), { limit: 5 })
    const [item] = items
    expect((await held.host.head()).seq).toBeGreaterThan(head.seq)
    const row = page.locator('.receipt tbody tr')
    expect(await row.locator('td').first().innerText()).toBe(String(item?.forecast.seq))
    expect(await row.locator('a').first().getAttribute('href')).toBe(`/forecasts/${item?.forecast.record.id}`)
    expect(await page.getByRole('status').first().innerText()).toContain(`entry ${item?.forecast.seq}`)
    // Every step has an address: those of a capture that is logged lead to its receipt.
    for (const path of [capture, `${capture}/check`]) {
      await page.goto(origin + path)
      expect(new URL(page.url()).pathname).toBe(`${capture}/logged`)
    }
    await page.getByRole('link', { name: 'Log another from this source' }).click()
    expect(await page.getByLabel('Source', { exact: true }).inputValue()).toBe(item?.source.id)
    expect(complaints).toEqual([])
  })

test('a mark that says the opposite of what was meant is seen in the check, changed, and checked again', async () => {
  const on = await visit()
  const { page } = on
  await begin(on)
  await suggestion(page, 'there will be no blockade').getByRole('button', { name: 'Forecast' }).click()
  await page.getByLabel('Event, worded positively').fill('There is no blockade of the strait')
  await page.getByLabel('Some, chosen').check()
  await page.getByLabel('Why these were selected').fill('One of several.')
  await page.getByRole('button', { name: 'Check 1 forecast' }).click()
  await page.waitForURL(/\/check$/u)
  await page
    .getByText('If there is no blockade of the strait by 31 Dec 2026, this did not come true.')
    .waitFor()
  await page.getByRole('link', { name: 'Change it' }).click()
  const event = page.getByLabel('Event, worded positively')
  await expect.poll(() => event.evaluate((field) => field === document.activeElement)).toBe(true)
  await event.fill('A blockade of the strait begins')
  await page.getByText('Fine print, topics, condition and more').click()
  await page.getByLabel('If it happened, pages say').fill('the strait was closed')
  await page.getByLabel('If it did not, pages say').fill('the strait stayed open')
  await page.getByRole('button', { name: 'Check 1 forecast' }).click()
  await page.getByText('Pages will read: “Did not come true · the strait was closed”').waitFor()
  await page.getByText('Pages will read: “Came true · the strait stayed open”').waitFor()
  // Nothing is decided for whoever chose some: the button leaves nothing.
  expect(await sealButton(page).innerText()).toBe('Log this forecast')
  await sealButton(page).click()
  await page.waitForURL(/\/logged$/u)
  const { items } = await listForecasts(on.held.ledger.db, {}, on.held.host.now(), { limit: 5 })
  expect(items[0]?.question.record).toMatchObject({
    if_yes: 'the strait was closed',
    if_no: 'the strait stayed open',
  })
})

test('the address of a check that is not ready shows what is to be mended, and where', async () => {
  const on = await visit({ javaScriptEnabled: false })
  const { page } = on
  await begin(on)
  await suggestion(page, 'there will be no blockade').getByRole('button', { name: 'Forecast' }).click()
  const capture = page.url().replace(/[?#].*$/u, '')
  await page.goto(`${capture}/check`)
  const problems = await page.locator('#problems').innerText()
  expect(problems).toContain('Nothing was logged')
  expect(problems).toContain('What is logged of it')
  await page.getByLabel('Every forecast in it').check()
  await page.getByRole('button', { name: 'Check 1 forecast' }).click()
  await page.waitForURL(`${capture}/check`)
})

test('the text stays in sight beside the cards, with the passage of the card in focus marked and scrolled to', async () => {
  const on = await visit({ viewport: { width: 1280, height: 700 } })
  const { page } = on
  const filler = Array.from({ length: 40 }, (_, i) => `Paragraph ${i} tells what happened before.`).join('\n')
  await begin(on, `${TEXT}\n${filler}\n“The ferry will be late tomorrow,” Vale said.`)
  const inSight = (sought: string) =>
    page.locator(sought).evaluate((one) => {
      const { top, bottom } = one.getBoundingClientRect()
      return top >= 0 && bottom <= innerHeight
    })
  const last = suggestion(page, 'The ferry will be late')
  await last.getByRole('button', { name: 'Forecast' }).click()
  await page.locator('#m1').waitFor()
  await page.waitForFunction(() => document.querySelector('#at-m1')?.classList.contains('now'))
  expect([await inSight('#m1 [name="m1:/question/title"]'), await inSight('#at-m1')]).toEqual([true, true])
  const other = suggestion(page, 'Accordingly, I can assume')
  await other.getByRole('button', { name: 'Forecast' }).focus()
  await page.waitForFunction(() => document.querySelectorAll('.hl.now').length === 1)
  expect(await page.locator('.hl.now').innerText()).toContain('Accordingly, I can assume')
  expect(await inSight('.hl.now')).toBe(true)
  expect(on.complaints).toEqual([])
})

test('at 360 px the text stands above the cards, and each card leads to its passage and back', async () => {
  const on = await visit({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
  const { page } = on
  await begin(on)
  await suggestion(page, 'there will be no blockade').getByRole('button', { name: 'Forecast' }).click()
  const tops = await page
    .locator('#article, #cards')
    .evaluateAll((both) => both.map((one) => one.getBoundingClientRect().top))
  expect(tops[0]).toBeLessThan(tops[1] ?? 0)
  await page.locator('#m1').getByRole('link', { name: 'In the text' }).click()
  const at = await page.locator('#at-m1').evaluate((one) => one.getBoundingClientRect().top)
  expect(at).toBeGreaterThanOrEqual(0)
  expect(at).toBeLessThan(740)
  await page.locator('#at-m1').click()
  expect(new URL(page.url()).hash).toBe('#m1')
})

test('a deadline is typed as people write it, what it is read as is shown, and what can be two days is asked about', async () => {
  const on = await visit()
  const { page } = on
  await begin(on)
  await suggestion(page, 'the pressure will').getByRole('button', { name: 'Forecast' }).click()
  const deadline = page.getByLabel('Deadline', { exact: true })
  await deadline.waitFor()
  expect(await deadline.inputValue()).toBe('20 Nov 2027')
  const reads = page.locator('#m1-question-deadline-date-read')
  await deadline.fill('Dec 31st, 2027')
  expect(await reads.innerText()).toBe('= 31 Dec 2027')
  await deadline.fill('3/4/2027')
  expect(await reads.innerText()).toBe(
    '“3/4/2027” can be 3 Apr 2027 or 4 Mar 2027: write the month as a word',
  )
  await page.getByLabel('Event, worded positively').fill('Karsk keeps pressing')
  await page.getByRole('button', { name: /^Check/u }).click()
  await page.locator('#problems').waitFor()
  expect(await page.locator('#m1-question-deadline-date-problem').innerText()).toBe(
    '“3/4/2027” can be 3 Apr 2027 or 4 Mar 2027: write the month as a word.',
  )
  expect(await deadline.inputValue()).toBe('3/4/2027')
  await deadline.fill('April 3 2027')
  await page.getByRole('button', { name: 'Save', exact: true }).last().click()
  await page.getByText('Saved as version').waitFor()
  await page.locator('#m1').evaluate((card: HTMLDetailsElement) => {
    card.open = true
  })
  expect(await deadline.inputValue()).toBe('3 Apr 2027')
})

test('check and receipt break no rule of accessibility, in light or dark, nor scroll sideways at 360 px', async () => {
  const on = await visit()
  const { page, complaints } = on
  await begin(on)
  await suggestion(page, 'there will be no blockade').getByRole('button', { name: 'Forecast' }).click()
  await page.getByLabel('Event, worded positively').fill('A blockade of the strait begins')
  await page.getByLabel('Every forecast in it').check()
  await page.getByRole('button', { name: /^Accept/u }).click()
  await page.locator('.capture-card.untestable').first().waitFor()
  await page.getByRole('button', { name: /^Check/u }).click()
  await page.waitForURL(/\/check$/u)
  const broken: unknown[] = []
  const look = async (what: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      broken.push(...(await axeFaults(page)).map((fault) => [what, colorScheme, fault]))
    }
    await page.setViewportSize({ width: 360, height: 740 })
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (beyond > 0) broken.push([what, 'scrolls sideways', beyond])
    await page.setViewportSize({ width: 1280, height: 900 })
  }
  await look('check')
  await sealButton(page).click()
  await page.waitForURL(/\/logged$/u)
  await look('receipt')
  expect([broken, complaints]).toEqual([[], []])
})
