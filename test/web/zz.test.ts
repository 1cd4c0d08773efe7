import { test, expect } from 'vitest'
import { serve } from '@hono/node-server'
// @ts-expect-error: a plain script
import { clientAssets } from '../../scripts/assets.js'
import { createApp } from '../../src/app.ts'
import { launchBrowser } from '../support/browser.ts'
import { testLedger } from '../support/ledger.ts'
test('x', async () => {
  const held = await testLedger()
  const server = serve({ fetch: createApp({ ...held.host, assets: await clientAssets() } as never).fetch, hostname: '127.0.0.1', port: 4840 })
  const browser = await launchBrowser()
  for (const width of [360, 1280]) {
    const page = await browser.newPage({ viewport: { width, height: 900 } })
    await page.goto('http://127.0.0.1:4840/methods')
    const over = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth, document.documentElement.scrollHeight])
    console.log(width, over)
    const step = width === 360 ? 2400 : 1700
    await page.setViewportSize({ width, height: step })
    for (let k = 0; k < 9; k++) { await page.evaluate((y) => window.scrollTo(0, y), k * step); await page.screenshot({ path: `/tmp/sim538/m${width}-${k}.png` }) }
    await page.close()
  }
  await browser.close()
  await new Promise((r) => server.close(r))
}, 120000)
