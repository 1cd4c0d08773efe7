import type { Host } from './host.ts'

/** Why nothing is sent, or no letters; null where that works. */
export function unsentBecause(
  { settings }: Pick<Host, 'settings'>,
  what: 'letters' | 'webhooks',
): string | null {
  if (settings.origin === null)
    return 'Nothing is sent: RECKONING_ORIGIN is not set, so no link could lead back here.'
  if (what === 'letters' && settings.letters !== true)
    return 'No letters are sent: no way to send them is set (RECKONING_MAIL_URL).'
  return null
}
