import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { serve } from '@hono/node-server'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
// @ts-expect-error: a plain script
import { clientAssets } from '../../scripts/assets.js'
import { createApp } from '../../src/app.ts'
import type { Host } from '../../src/http/host.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome']

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const onPath = (): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isExecutable)

/** A real Chromium: CHROME_PATH, else one on the path, else the one that comes as a development dependency. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROME_PATH ?? onPath() ?? (await sparticuz.executablePath())
  return chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] })
}

/** The whole app on a free port of this machine, with the script and the style of its pages. */
export async function serveApp(host: Host): Promise<{ origin: string; close: () => Promise<void> }> {
  const whole = { ...host, assets: await clientAssets() }
  return new Promise((resolve) => {
    const server = serve({ fetch: createApp(whole).fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({
        origin: `http://127.0.0.1:${port}`,
        close: () => new Promise((closed) => server.close(() => closed())),
      }),
    )
  })
}
