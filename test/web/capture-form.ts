import { listForecasts } from '../../src/store/forecasts.ts'
import { site } from '../support/site.ts'

/** The form of `/capture/one`, filled in well. */
export const typed = {
  source: '',
  '/source/title': 'The morning interview',
  '/source/type': 'interview',
  '/source/publisher': 'A radio station',
  '/source/url': 'https://radio.example/1',
  '/source/published': '2026-11-20',
  '/source/coverage': 'unstated',
  '/analyst/name': 'Ada Lovelace',
  '/quote/exact': 'a cut is likely',
  '/voice': 'quote',
  question: '',
  '/question/title': 'Rates fall',
  '/question/criteria': 'The bank publishes a lower rate.',
  '/question/type': 'binary',
  '/question/deadline/date': '2026-12-31',
  '/question/deadline/time_zone': 'Europe/Berlin',
  '/question/tags': 'central-banks, euro',
  manner: 'worded',
  '/probability/words': 'likely',
  key: 'a',
}

/** A ledger, its administrator signed in, and what they log. */
export const editor = async () => {
  const held = await site()
  const admin = await held.signedIn()
  const latest = async () =>
    (await listForecasts(held.ledger.db, {}, held.host.now(), { limit: 10 })).items[0]
  return {
    ...held,
    admin,
    latest,
    post: (fields: Record<string, string>) => admin.post('/capture/one', fields),
  }
}
