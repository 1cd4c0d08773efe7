import { createApp } from '../app.ts'
import type { Config } from '../config.ts'
import { originOf } from '../config.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { readMoment } from '../store/append.ts'
import type { Log } from './clockwork.ts'
import { hostOf, integratingSoon } from './server.ts'

/** The faces of a ledger for this process alone, without a server; what is recorded is signed soon after. */
export function inProcess(ledger: Ledger, config: Config, log: Log) {
  const app = createApp(hostOf(ledger, config, () => readMoment(ledger.db)))
  const { settled } = integratingSoon(ledger, log)
  const origin = originOf(config)
  return {
    /** One request, as somebody on this machine. */
    call: async (path: string, init: RequestInit): Promise<Response> =>
      app.fetch(new Request(new URL(path, origin), init), { routed: true, address: '127.0.0.1' }),
    settled,
  }
}
