import { type Config, providerOf } from '../config.ts'
import type { Host } from '../http/host.ts'
import { accountsWith } from '../identity/accounts.ts'

/** Members may sign in with the accounts of a provider where the settings name one. */
export function providing(config: Config): Pick<Host, 'accounts'> {
  const trusted = providerOf(config)
  return trusted === null ? {} : { accounts: accountsWith(trusted) }
}
