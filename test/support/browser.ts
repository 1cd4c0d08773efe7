import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { serve } from '@hono/node-server'
import sparticuz from '@sparticuz/chromium'
import { build } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
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

/** What runs in the browser, as the build makes it. */
async function clientScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['src/web/client/main.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** The whole app on a free port of this machine, with the script of its pages. */
export async function serveApp(host: Host): Promise<{ origin: string; close: () => Promise<void> }> {
  const whole = { ...host, script: await clientScript() }
  return new Promise((resolve) => {
    const server = serve({ fetch: createApp(whole).fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({
        origin: `http://127.0.0.1:${port}`,
        close: () => new Promise((closed) => server.close(() => closed())),
      }),
    )
  })
}
