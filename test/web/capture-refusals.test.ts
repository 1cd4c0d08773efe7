import { expect, test } from 'vitest'
import { dateShown } from '../../src/core/typed-date.ts'
import { readTotals } from '../../src/store/nouns.ts'
import { fieldValue, problemAt } from '../support/site.ts'
import { editor, typed } from './capture-form.ts'

const refusals: [string, Record<string, string>, number, string, string][] = [
  [
    'a probability above 100 %',
    { manner: 'stated', percent: '120' },
    422,
    'percent',
    'Must lie between 0 and 1.',
  ],
  ['a probability that is no number', { manner: 'stated', percent: 'high' }, 422, 'percent', 'not the text'],
  [
    'words that the lexicon lacks',
    { '/probability/words': 'in the tea leaves' },
    422,
    'probability-words',
    'not in the lexicon',
  ],
  [
    'a day that does not exist',
    { '/question/deadline/date': '2027-02-29' },
    422,
    'question-deadline-date',
    'Is not a day of the calendar.',
  ],
  [
    'an unknown zone',
    { '/question/deadline/time_zone': 'Mars/Base' },
    422,
    'question-deadline-time-zone',
    'Is not an IANA time zone',
  ],
  [
    'a deadline before the statement',
    { '/question/deadline/date': '2026-11-01' },
    422,
    'question-deadline-date',
    'before the statement',
  ],
  [
    'an address with another scheme',
    { '/source/url': 'javascript:alert(1)' },
    422,
    'source-url',
    'must be a full http',
  ],
  [
    'a quote that is not in the text',
    { '/source/text': 'Nothing of the kind was said.' },
    422,
    'quote-exact',
    'Is not in the text',
  ],
  [
    'a quote that stands there twice',
    { '/source/text': 'a cut is likely, yes, a cut is likely' },
    422,
    'quote-exact',
    'Stands 2 times',
  ],
  ['a topic in capitals', { '/question/tags': 'Euro Area' }, 422, 'question-tags', 'lower-case'],
  ['no words at all', { '/quote/exact': '' }, 422, 'quote-exact', 'Is required.'],
  ['no event', { '/question/title': '' }, 422, 'question-title', 'Is required.'],
  ['an unknown source', { source: 'nowhere' }, 422, 'source', 'there is no source'],
  [
    'a name in two alphabets',
    { '/analyst/name': 'Аda Lovelace' },
    422,
    'analyst-name',
    'mixes latin and cyrillic letters in one word: “а” is cyrillic',
  ],
]
for (const [what, fields, status, field, message] of refusals)
  test(`${what} is refused beside its field, with everything typed still there`, async () => {
    const { post, ledger } = await editor()
    const sent: Record<string, string> = { ...typed, ...fields }
    const answer = await post(sent)
    expect(answer.status).toBe(status)
    expect((problemAt(answer.text, `capture-${field}`) ?? '').toLowerCase()).toContain(message.toLowerCase())
    for (const [name, value] of Object.entries(sent))
      if (name !== 'source' && value !== '')
        expect([name, fieldValue(answer.text, name)]).toEqual([
          name,
          dateShown(value).replaceAll('"', '&quot;'),
        ])
    expect(await readTotals(ledger.db)).toMatchObject({ forecasts: 0, sources: 0, analysts: 0, questions: 0 })
  })

test('an empty form names everything that is missing, in the order of the page', async () => {
  const { text } = await (await editor()).post({})
  const named = [...text.matchAll(/<li><a href="#capture-[^"]*">([^<]*)<\/a>: Is required\.<\/li>/gu)].map(
    ([, label]) => label,
  )
  expect(named).toEqual([
    'Title',
    'Kind of source',
    'Published',
    'Analyst',
    'The words said',
    'Event, worded positively',
    'Counts as yes when',
    'Time zone',
    'How likely they made the event',
  ])
})
