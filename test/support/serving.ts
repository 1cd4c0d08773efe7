import { readConfig } from '../../src/config.ts'
import { serve } from '../../src/node/server.ts'

/** A real server in this process with these settings, on a port of its own and by a clock that stands. */
export async function serving(settings: Record<string, string>, now: string) {
  const logged: { event: string; fields: Record<string, unknown> | undefined }[] = []
  const server = await serve({
    config: readConfig({ PORT: '0', RECKONING_IMPORT: '', ...settings }),
    now: () => new Date(now),
    elapsed: () => 0,
    built: '2026-11-20',
    log: (_, event, fields) => logged.push({ event, fields }),
    threads: null,
    unheard: () => null,
  })
  const get = async (path: string) => {
    const response = await fetch(server.address + path)
    return { status: response.status, text: await response.text() }
  }
  return { ...server, logged, get }
}
