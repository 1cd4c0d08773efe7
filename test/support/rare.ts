import { ForecastRequest } from '../../src/core/forecast.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { retractForecast, withdrawForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { confirmResolution } from '../../src/ledger/resolution/confirm-resolution.ts'
import { disputeResolution } from '../../src/ledger/resolution/dispute-resolution.ts'
import { proposeResolution } from '../../src/ledger/resolution/propose-resolution.ts'
import type { TestLedger } from './ledger.ts'

export const MARKUP = '<script>alert("x")</script> & <b>bold</b>'

const zone = 'Europe/Paris'

/** Ids of one of everything that is rare: revised, withdrawn, retracted, amended, disputed, translated, vague. */
export async function recordRare(test: TestLedger) {
  const log = async (request: Record<string, unknown>): Promise<{ id: string; question: string }> => {
    const { event } = await recordForecast(
      test.ledger,
      test.unit,
      ForecastRequest.parse({ analyst: { name: 'Zoé <i>Quinn</i>' }, ...request }),
    )
    return event.payload as { id: string; question: string }
  }
  const source = (day: string, more: Record<string, unknown> = {}) => ({
    type: 'interview',
    title: `Talk of ${day}`,
    publisher: 'Radio Invented',
    url: `https://example.com/talk/${day}`,
    published: day,
    ...more,
  })

  test.at('2026-11-10T09:00:00.000Z')
  const first = await log({
    source: source('2026-11-01', {
      text: 'Before. I think it is likely that the bridge opens on time. After.',
      coverage: 'selected',
      selected_because: 'Only the passage on the bridge was read.',
    }),
    quote: { exact: 'it is likely that the bridge opens on time', prefix: 'I think ', suffix: '. After' },
    question: {
      title: MARKUP,
      criteria: 'The bridge is open to traffic.',
      deadline: { date: '2026-11-20', time_zone: zone },
    },
    probability: { words: 'likely' },
  })
  test.at('2026-11-11T09:00:00.000Z')
  await amendQuestion(test.ledger, test.unit, first.question, {
    criteria: 'The bridge is open to cars and to lorries.',
    because: 'The first wording left open which traffic.',
  })
  test.at('2026-11-16T09:00:00.000Z')
  const second = await log({
    source: source('2026-11-11'),
    quote: 'forty to sixty per cent',
    question: first.question,
    probability: { low: 0.4, high: 0.6 },
  })
  const third = await log({
    source: source('2026-11-12', { language: 'en', translated_from: 'fr', translated_by: 'Nora Hale' }),
    quote: 'The engineer put the chance at a third',
    voice: 'paraphrase',
    question: first.question,
    probability: 0.33,
  })
  await withdrawForecast(test.ledger, test.unit, third.id, {
    withdrawn_on: '2026-11-12',
    because: 'Said to have been misquoted.',
  })
  const mistaken = await log({
    source: source('2026-11-13'),
    quote: 'not about the bridge at all',
    question: first.question,
    probability: 0.9,
  })
  await retractForecast(test.ledger, test.unit, mistaken.id, { because: 'It was about another bridge.' })
  const vague = await log({
    source: source('2026-11-14', { language: 'ar' }),
    quote: 'قد يحدث ذلك',
    question: {
      title: 'The tunnel floods',
      criteria: 'Water stands in it.',
      deadline: { date: '2026-11-19', time_zone: zone },
    },
    probability: { words: 'قد', low: 0.2, mid: 0.4, high: 0.65, because: 'Asked of three colleagues.' },
  })
  const options = await log({
    source: source('2026-11-15'),
    quote: 'north first, then south',
    question: {
      title: 'Which bank wins the vote',
      type: 'multiple_choice',
      options: ['north', 'south', 'neither'],
      criteria: 'As counted.',
      deadline: { date: '2027-02-01', time_zone: zone },
    },
    probability: { north: 0.6, south: 0.3, neither: 0.1 },
  })

  test.at('2026-11-21T09:00:00.000Z')
  const evidence = [
    {
      url: 'https://example.com/bridge',
      archive_url: 'https://example.org/kept',
      says: 'The bridge opened.',
      accessed: '2026-11-21',
    },
  ]
  const resolve = (outcome: string, supersedes?: string) =>
    proposeResolution(test.ledger, test.unit, first.question, {
      outcome,
      known_on: '2026-11-20',
      evidence,
      rationale: 'As reported.',
      ...(supersedes === undefined ? {} : { supersedes }),
    })
  await resolve('yes')
  await confirmResolution(test.ledger, test.unit, first.question, 'r1')
  await disputeResolution(test.ledger, test.unit, first.question, 'r1', {
    because: 'Lorries were not let through.',
  })
  await resolve('no', 'r1')
  test.at('2026-11-22T10:00:00.000Z')
  return { first, second, third, mistaken, vague, options }
}
