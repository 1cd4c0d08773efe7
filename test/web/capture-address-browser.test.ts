import { expect, test } from 'vitest'
import { fetchArticle } from '../../src/node/page-fetch.ts'
import { page as answer, web } from '../support/web.ts'
import { TEXT } from './capture-page.ts'
import { useBrowser, visit } from './capture-visit.ts'

useBrowser()

const article = `<p>${'Karsk is by no means ready to open a second front, the expert said on Tuesday. '.repeat(4)}</p>`
test.each([
  ['leads to a private host', '/private', 'not on the public internet'],
  ['does not answer', '/silent', 'Did not answer within 0.3 seconds'],
  ['answers 1 GB', '/huge', 'Holds more than 1 MiB'],
  ['is a PDF', '/pdf', 'Is a PDF: copy its text'],
  ['is empty', '/empty', 'Holds no text to read'],
  ['is behind a wall', '/wall', 'Shows a sign-in or a paywall'],
])(
  'an address that %s is told, what was typed stays, and pasting the text goes on',
  async (_, path, says) => {
    const through = await web(
      ({ url }, response) => {
        if (url === '/private') response.writeHead(302, { location: 'http://inside.test/' }).end()
        else if (url === '/huge')
          response.writeHead(200, { 'content-type': 'text/html', 'content-length': String(1024 ** 3) }).end()
        else if (url === '/pdf')
          response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7')
        else if (url === '/empty') answer(response, '<!doctype html><title>News</title><div id="app"></div>')
        else if (url === '/wall')
          answer(
            response,
            '<title>News</title><p>Sign in to read on.</p><form><input type="password"></form>',
          )
        else if (url !== '/silent') answer(response, `<title>News</title>${article}`)
      },
      { 'inside.test': ['10.0.0.1'] },
    )
    const fetchPage = (url: string) => fetchArticle(url, { ...through, timeoutMs: 300 })
    const { page, origin, answers, complaints } = await visit({}, { fetchPage })
    await page.goto(`${origin}/capture`)
    await page.getByLabel('Its address').fill(`http://news.test${path}`)
    await page.getByLabel('Published').fill('2026-11-20')
    await page.getByRole('button', { name: 'Begin' }).click()
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain('Paste its text instead')
    expect(await alert.innerText()).toContain(says)
    const address = page.getByLabel('Its address')
    expect([await address.inputValue(), await page.getByLabel('Published').inputValue()]).toEqual([
      `http://news.test${path}`,
      '20 Nov 2026',
    ])
    await expect.poll(() => address.evaluate((field) => field === document.activeElement)).toBe(true)
    await page.getByLabel('The text').fill(TEXT)
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.waitForURL(/\/captures\//u)
    expect(await page.locator('[name="/source/url"]').inputValue()).toBe(`http://news.test${path}`)
    expect([answers, complaints]).toEqual([
      [
        [422, '/capture'],
        [303, '/capture'],
      ],
      [],
    ])
  },
)
