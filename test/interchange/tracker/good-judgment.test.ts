import { expect, test } from 'vitest'
import { fixture, tracking } from './reading.ts'

const IFPS = fixture('gjp-ifps.csv')
const FORECASTS = fixture('gjp-survey_fcasts.yr2.csv')
const both = (questions = IFPS, forecasts = FORECASTS) => {
  const read = tracking({ 'ifps.csv': questions, 'yr2.csv': forecasts }, { time_zone: 'America/New_York' })
  if (read === null) throw new Error('It was not known.')
  return read
}

test('questions and forecasts are joined: of yes and no the row of yes, of options all of them', () => {
  const { rows, findings, isLocal } = both()
  expect([findings, isLocal]).toEqual([[], true])
  const one = 'Good Judgment forecaster 7'
  expect(
    rows.map(({ who, title, said, p, outcome, deadline, known_on }) => [
      who,
      title,
      said,
      p,
      outcome,
      deadline,
      known_on,
    ]),
  ).toEqual([
    [
      one,
      'Will the ferry sail before Easter?',
      '2013-01-05 10:00:00',
      0.3,
      'yes',
      '2013-03-31',
      '2013-03-20',
    ],
    [
      one,
      'Will the ferry sail before Easter?',
      '2013-02-05 10:00:00',
      0.8,
      'yes',
      '2013-03-31',
      '2013-03-20',
    ],
    [
      'Good Judgment forecaster 8',
      'Will the ferry sail before Easter?',
      '2013-01-06 10:00:00',
      0.55,
      'yes',
      '2013-03-31',
      '2013-03-20',
    ],
    [
      one,
      'When will the new pier open?',
      '2013-01-05 11:00:00',
      {
        'Before 1 April 2013': 0.2,
        'Between 1 April 2013 and 30 June 2013, inclusive': 0.3,
        'Not before 1 July 2013': 0.5,
      },
      'Not before 1 July 2013',
      '2013-06-30',
      '2013-07-01',
    ],
    [
      one,
      'If the pier opens beforehand: Will the mayor stand again?',
      '2013-01-05 13:00:00',
      0.9,
      'annulled',
      '2013-05-31',
      '2013-05-31',
    ],
    [one, 'Will the lighthouse be sold?', '2013-01-05 14:00:00', 0.25, null, '2026-12-31', null],
  ])
})

test('its description is the criteria, and what is left out is told', () => {
  const { records, notes } = both()
  expect(records?.questions[0]?.record.criteria).toBe(
    'Outcome is yes if it is seen to sail.\nThe harbour office decides.',
  )
  expect(notes).toEqual([
    'Left out: 2 rows by which somebody withdrew.',
    'Left out: 1 row of nobody (user_id NULL).',
    'Left out: 1 forecast whose probabilities do not add up to 1.',
    'Left out: 1 forecast made after the question was due or decided (forecast 510).',
  ])
})

test.each<[string, string, string, string]>([
  [
    'a question that is missing',
    IFPS.replace('1001-0', '1009-0'),
    FORECASTS,
    'there is no question "1001-0"',
  ],
  [
    'an option that is missing',
    IFPS,
    FORECASTS.replace('505,0,c', '505,0,e'),
    'the question has no option "e": it has 3 options',
  ],
  [
    'options that are none',
    IFPS.replace('(a) Yes, (b) No', 'Yes or no'),
    FORECASTS,
    'the options of the question are not two or more',
  ],
  [
    'a probability that is none',
    IFPS,
    FORECASTS.replace(',a,0.3,', ',a,30,'),
    'value is "30", not a probability',
  ],
  ['an outcome that is none', IFPS.replace('3/20/13,a', '3/20/13,z'), FORECASTS, 'outcome is "z"'],
  [
    'a day that is none',
    IFPS.replace('3/31/13,3/20/13', '3/32/13,3/20/13'),
    FORECASTS,
    'date_to_close is "2013-03-32"',
  ],
])('%s is told with its file and line', (_, questions, forecasts, message) => {
  const { findings, rows } = both(questions, forecasts)
  expect(rows).toEqual([])
  expect(findings.map((one) => one.message)).toContainEqual(expect.stringContaining(message))
})

test('one file without the other says which is missing', () => {
  expect(tracking({ 'ifps.csv': IFPS })?.findings[0]?.message).toContain('survey_fcasts is not there')
  expect(tracking({ 'a.csv': FORECASTS })?.findings[0]?.message).toContain('ifps.csv is not there')
})
