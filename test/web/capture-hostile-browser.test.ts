import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readTotals } from '../../src/store/nouns.ts'
import { broken, reordered } from './capture-faults.ts'
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
  visit,
} from './capture-visit.ts'

useBrowser()

const ATTACK = `"'><script>window.pwned=1</script><img src=x onerror="window.pwned=1">&amp;`

/** The same as it stands in no text: words that do would move a mark. */
const TYPED = ATTACK.replaceAll('=1', '=2')

/** Puts a text into the clipboard and pastes it, as keys do. */
async function paste(page: Page, text: string) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((words) => navigator.clipboard.writeText(words), text)
  await page.getByLabel('The text').focus()
  await page.keyboard.press('Control+V')
}

test('a paste of 5 MB is refused where it stands; nothing is sent, and a shorter text goes on', async () => {
  const { page, origin, answers, complaints } = await visit()
  await page.goto(`${origin}/capture`)
  await paste(page, 'The pressure will continue. '.repeat(180_000).slice(0, 5_000_000))
  const text = page.getByLabel('The text')
  await page.getByLabel('Published').fill('2026-11-20')
  await page.getByRole('button', { name: 'Begin' }).click()
  expect(
    await text.evaluate((field: HTMLTextAreaElement) => [field.value.length, field.validationMessage]),
  ).toEqual([
    5_000_000,
    'This text has 5,000,000 characters; a capture holds at most 1,000,000. Paste the part that matters.',
  ])
  expect([page.url(), answers]).toEqual([`${origin}/capture`, []])
  await text.fill('The pressure will continue.')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.waitForURL(/\/captures\//u)
  expect(await page.getByLabel('Published', { exact: true }).inputValue()).toBe('20 Nov 2026')
  expect(complaints).toEqual([])
})

let LONG = 'Долгое интервью\n'
for (let n = 1; LONG.length < 900_000; n++)
  LONG += `Эксперт сказал в ${n}-й раз, что давление будет продолжаться ещё долго.${n % 100 === 0 ? '\n' : ' '}`

test('without script too a text of 900 000 letters that are not Latin is taken', async () => {
  const on = await visit({ javaScriptEnabled: false })
  await begin(on, LONG)
  expect(await on.page.locator('#article p').last().innerText()).toBe(LONG.trim().split('\n').at(-1)?.trim())
})

test('a text of 900 000 letters that are not Latin is begun, marked and logged', async () => {
  const { page, origin, held, complaints } = await visit()
  await page.goto(`${origin}/capture`)

  await page.getByLabel('The text').evaluate((field: HTMLTextAreaElement, words) => {
    field.value = words
  }, LONG)
  await page.getByLabel('Published').fill('2026-11-20')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.waitForURL(/\/captures\//u)
  await select(page, 'сказал в 6000-й раз')
  await toolbar(page).getByRole('button', { name: 'Untestable' }).click()
  await page.locator('#m1.untestable', { hasText: 'сказал в 6000-й раз' }).waitFor()

  await page.getByLabel('Analyst', { exact: true }).fill('Нора Вейл')
  await allDecided(page)
  page.setDefaultTimeout(30_000)
  await checkAndLog(page, '1 untestable remark')
  expect((await readTotals(held.ledger.db)).untestable).toBe(1)
  expect(complaints).toEqual([])
})

test('what nobody sees in a pasted text is left out of it, and the inside of a file is refused and kept', async () => {
  const { page, origin, complaints } = await visit()
  await page.goto(`${origin}/capture`)
  const text = page.getByLabel('The text')
  const put = (words: string) =>
    text.evaluate((field: HTMLTextAreaElement, value) => {
      field.value = value
    }, words)
  const file = `%PDF-1.7\u0000\u0001\ufffd\ufffd\u0002${'x\ufffd\u0003'.repeat(50)}`
  await put(file)
  await page.getByLabel('Published').fill('2026-11-20')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page
    .getByText('Is no text but the inside of a file: open the file and copy the words.')
    .first()
    .waitFor()
  expect([(await text.inputValue()).length > 100, await page.getByLabel('Published').inputValue()]).toEqual([
    true,
    '20 Nov 2026',
  ])
  await put(
    `\ufeffThe other day\u000c\u202Eshe said\u202C: “The pressure\u2060 will\u0000 continue.” ${'So it is. '.repeat(20)}`,
  )
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.waitForURL(/\/captures\//u)
  expect(await page.locator('#article p').allTextContents()).toEqual([
    'The other day',
    `she said: “The pressure will continue.” ${'So it is. '.repeat(20).trim()}`,
  ])
  await page.getByLabel('Its words').fill('The pressure\u2060 will continue')
  await page.locator('.by-words').getByRole('button', { name: 'Untestable' }).click()
  await page.locator('#m1.untestable').waitFor()
  expect(complaints).toEqual([])
})

test('markup typed into every field is saved, read again, logged and shown as text, and nothing of it runs', async () => {
  const { page, origin, held, complaints } = await visit()
  const open = () =>
    page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
    })
  await begin(
    { page, origin },
    `${ATTACK}\n${TEXT.split('\n').slice(1).join('\n')}\nThen came ${ATTACK} again.`,
  )
  await suggestion(page, 'the pressure will').getByRole('button', { name: 'Forecast' }).click()
  await page.locator('#m1').waitFor()
  await select(page, 'The border is not settled')
  await toolbar(page).getByRole('button', { name: 'Untestable' }).click()
  await page.locator('#m2').waitFor()
  await page.getByLabel('Its words').fill(`Then came ${ATTACK} again`)
  await page.locator('.by-words').getByRole('button', { name: 'Duplicate' }).click()
  await page.locator('#m3').waitFor()
  await open()
  await page.getByLabel('Some, chosen').check()
  await page.locator('#m1').getByLabel('How likely they made the event').selectOption('worded')
  const isOpen =
    '#capture :is(input:not([type=hidden], [type=radio], [type=checkbox]), textarea):not([name=words]):visible'
  const names = await page.locator(isOpen).evaluateAll((fields) =>
    fields.map((field) => {
      const { name } = field as HTMLInputElement
      return name
    }),
  )
  expect(names.length).toBeGreaterThan(35)
  const filled = (maxLength: number) => TYPED.slice(0, maxLength === -1 ? undefined : maxLength)
  await page.locator(isOpen).evaluateAll((fields, attack) => {
    for (const field of fields as HTMLInputElement[]) {
      field.value = attack.slice(0, field.maxLength === -1 ? undefined : field.maxLength)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }, TYPED)

  // The same day twice would be one day.
  await page.locator('[name="/source/published"]').fill('<b>2026</b>')
  await page.getByRole('button', { name: 'Save', exact: true }).last().click()
  await page.getByText('Saved as version').waitFor()
  await page.reload()

  await open()
  const kept = await page
    .locator(isOpen)
    .evaluateAll((fields) =>
      (fields as HTMLInputElement[]).map(({ name, value, maxLength }) => [name, value, maxLength] as const),
    )
  for (const [name, value, maxLength] of kept)
    expect([name, value]).toEqual([name, name === '/source/published' ? '<b>2026</b>' : filled(maxLength)])
  expect(await broken(page)).toEqual([])

  // What the ledger takes no markup in is put right, or left empty; all else is logged as it stands.
  const valid: Record<string, string> = {
    '/source/published': '2026-11-20',
    '/source/url': 'https://example.com/?a="><script>pwned=1</script>',
    '/source/language': 'en',
    published_to: '',
    '/exact': '',
    '/question/deadline/date': '2026-12-31',
    '/question/deadline/time_zone': 'UTC',
    '/question/options': '',
    '/question/range/low': '',
    '/question/range/high': '',
    '/question/range/unit': '',
    band_low: '10',
    band_mid: '20',
    band_high: '30',
  }
  await page.locator(isOpen).evaluateAll((fields, better) => {
    for (const field of fields as HTMLInputElement[])
      field.value = better[field.name.replace(/^m\d+:/u, '')] ?? field.value
  }, valid)
  await page.locator('[name="m3:/duplicate_of"]').selectOption('m1')
  await page.getByRole('button', { name: /^Check/u }).click()
  await page.locator('#problems').waitFor()
  expect(await broken(page)).toEqual([])
  // A condition without a day is none.
  await page
    .locator('[name$="/condition/text"], [name$="/condition/deadline/because"]')
    .evaluateAll((fields) => {
      for (const field of fields as HTMLInputElement[]) field.value = ''
    })
  await page.locator(`${isOpen}[aria-invalid]`.replace(':visible', '')).evaluateAll((fields) => {
    for (const field of fields as HTMLInputElement[]) field.value = ''
  })
  await page.getByRole('button', { name: /^Check/u }).click()
  await page.waitForURL(/\/check$/u).catch(async () => {
    throw new Error(await page.locator('#problems').innerText())
  })
  expect(await broken(page)).toEqual([])
  const sealing = new URL(page.url()).pathname
  expect(await page.locator('.would-be').first().innerText()).toContain('<script>window')
  await sealButton(page).click()
  await page.waitForURL(/\/logged$/u)
  expect([sealing, await broken(page)]).toEqual([sealing, []])
  await page.getByRole('link', { name: 'The page of the source' }).click()
  await page.waitForURL(/\/sources\//u)
  expect(await readTotals(held.ledger.db)).toMatchObject({ forecasts: 1, duplicates: 1, untestable: 1 })
  const [source] = [new URL(page.url()).pathname]
  const links = await page
    .locator('main a[href^="/forecasts/"], main a[href^="/analysts/"], main a[href^="/questions/"]')
    .evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute('href')?.replace(/#.*$/u, '')))])
  const more: string[] = []
  for (const link of links) {
    await page.goto(origin + link)
    more.push(
      ...(await page
        .locator('main a[href^="/questions/"], main a[href^="/analysts/"]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('href')?.replace(/#.*$/u, '') ?? ''))),
    )
  }
  const seen = new Set([source, ...links, ...more])
  for (const kind of ['/forecasts/', '/analysts/', '/questions/'])
    expect([kind, [...seen].some((path) => path?.startsWith(kind))]).toEqual([kind, true])
  await begin({ page, origin }, `${ATTACK}\nA second text of the same kind.`)
  for (const path of [
    ...seen,
    '/',
    '/ledger',
    `/?q=${encodeURIComponent(ATTACK)}`,
    '/ledger?q=pwned',
    '/sources',
    '/capture',
    '/due',
  ]) {
    await page.goto(origin + path)
    expect([path, await broken(page)]).toEqual([path, []])
    expect([
      path,
      path === '/due' || path === '/' || (await page.locator('body').innerText()).includes('<script>window'),
    ]).toEqual([path, true])
  }
  expect(complaints).toEqual([])
})

test('right-to-left words change no order around them, on the way into the ledger and in it', async () => {
  const { page, origin, complaints } = await visit()
  const said = 'لن تكون هناك حرب (2027) أبدا'
  await begin(
    { page, origin },
    `ليلى حداد\nقالت ليلى حداد: «${said}».\nThe strait will stay open (so \u2067${said}\u2069), she said.`,
  )
  await page.getByLabel('Its words').fill(said.slice(0, 16))
  await page.locator('.by-words').getByRole('button', { name: 'Forecast' }).click()
  await page
    .getByText(/stand here 2 times/iu)
    .first()
    .waitFor()
  await page.getByLabel('Its words').fill(`«${said}`)
  await page.locator('.by-words').getByRole('button', { name: 'Forecast' }).click()
  await page.getByLabel('Event, worded positively').fill('حرب جديدة (2027)')
  await page.getByLabel('Analyst', { exact: true }).fill('ليلى حداد')
  await page.getByLabel('Id of the analyst').fill('layla-haddad')
  // Of a language that is not read no deadline is proposed.
  await page.getByLabel('Deadline', { exact: true }).fill('2027-12-31')
  await allDecided(page)
  await page.getByLabel('How likely they made the event').selectOption('no')
  await page.getByLabel('The words that say it').fill('لن تكون هناك حرب')
  await page.getByRole('button', { name: 'Save', exact: true }).last().click()
  await page.getByText('Saved as version').waitFor()
  const ARABIC = '\\p{Script=Arabic}'
  expect(await reordered(page, ARABIC)).toEqual([])
  await page.getByRole('button', { name: 'Check 1 forecast' }).click()
  await page.waitForURL(/\/check$/u)
  expect(await reordered(page, ARABIC)).toEqual([])
  await sealButton(page).click()
  await page.waitForURL(/\/logged$/u)
  expect(await reordered(page, ARABIC)).toEqual([])
  await page.getByRole('link', { name: 'The page of the source' }).click()
  await page.waitForURL(/\/sources\//u)
  const first = (kind: string) => page.locator(`main a[href^="/${kind}/"]`).first().getAttribute('href')
  const paths = [new URL(page.url()).pathname, await first('forecasts'), await first('analysts')]
  await page.goto(`${origin}${paths[1]}`)
  paths.push(await first('questions'))
  for (const path of [
    ...paths,
    '/',
    '/due',
    '/ledger',
    '/capture',
    `/ledger?q=${encodeURIComponent('حرب')}`,
  ]) {
    await page.goto(`${origin}${path}`)
    expect([path, await reordered(page, ARABIC)]).toEqual([path, []])
  }
  expect(complaints).toEqual([])
})

test('a control that turns text round is refused in any field, is still there, and turns nothing else', async () => {
  const { page, origin, complaints } = await visit()
  await begin({ page, origin })
  await suggestion(page, 'the pressure will').getByRole('button', { name: 'Forecast' }).click()
  await page.locator('#m1').waitFor()
  for (const [label, typed] of [
    ['Event, worded positively', 'A \u202Etrick'],
    ['Deadline', '\u202E2027'],
    ['Analyst', '\u202BNora Vale'],
  ] as const)
    await page.getByLabel(label, { exact: true }).fill(typed)
  await page.getByRole('button', { name: 'Save', exact: true }).last().click()
  await page.locator('#problems').waitFor()
  expect(await page.locator('#problems').innerText()).toMatch(/turn the direction of text round/u)
  expect(await page.getByLabel('Event, worded positively').inputValue()).toBe('A \u202Etrick')
  expect(await reordered(page, '[\\u202a-\\u202e]')).toEqual([])
  expect(complaints).toEqual([])
})
