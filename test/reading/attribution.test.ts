import { expect, test } from 'vitest'
import { spokenIn } from '../../src/reading/attribution.ts'
import { quotationsIn } from '../../src/reading/quotation.ts'
import { voicedSentences } from '../../src/reading/voice.ts'

/** What the speaker says in each quoted sentence of a text. */
const spoken = (text: string) =>
  voicedSentences(text)
    .filter(({ voice }) => voice === 'quote')
    .map(({ sentence, own }) =>
      own === null ? sentence.text : own.map(({ start, end }) => text.slice(start, end)).join(' […] '),
    )

test.each([
  ['“There will be no war this year,” said Jane Roe.', ['There will be no war this year']],
  ['Jane Roe said: “There will be no war this year.” She paused.', ['There will be no war this year.']],
  [
    'When asked “Will there be a war?”, she said “No, there will not be one.”',
    ['No, there will not be one.'],
  ],
  ['Asked whether it would last, Roe said, “It will be over by May.”', ['It will be over by May.']],
  ['“There will be no war,” said Roe, “this year.”', ['There will be no war […] this year.']],
  ['“There will be no war”, said Roe, “this year”.', ['There will be no war […] this year']],
  ['“No,” she said, “there will be no second round.”', ['No […] there will be no second round.']],
  [
    '“It will,” the minister told Reuters on Monday, “be settled by June.”',
    ['It will […] be settled by June.'],
  ],
  ['‘There will be no war,’ said Roe.', ['There will be no war']],
  ['‘There will be no war,’ said Roe, ‘this year.’', ['There will be no war […] this year.']],
  ["'There won't be a war,' Roe said.", ["There won't be a war"]],
  ["Roe said: 'The players' union will fold.'", ["The players' union will fold."]],
  ['"There will be no war," said Roe.', ['There will be no war']],
  ['"There will be no war," said Roe, "this year."', ['There will be no war […] this year.']],
  ['„Es wird keinen Krieg geben“, sagte Roe.', ['Es wird keinen Krieg geben']],
  ['«Войны в этом году не будет», — сказал Роу.', ['Войны в этом году не будет']],
  ['« Il n’y aura pas de guerre », dit Roe.', ['Il n’y aura pas de guerre']],
  ['»Es wird keinen Krieg geben«, sagte Roe.', ['Es wird keinen Krieg geben']],
  ['”Det blir inget krig i år”, says Roe.', ['Det blir inget krig i år']],
  ['“He told me ‘there will be no war’ twice,” she said.', ['He told me ‘there will be no war’ twice']],
  ['“The so-called ‘peace’ will not last,” Roe warned.', ['The so-called ‘peace’ will not last']],
  [
    '“Will there be a war?” he was asked. “No, there will not,” he said.',
    ['Will there be a war?', 'No, there will not'],
  ],
  ['“There will be no war this year.', ['There will be no war this year.']],
  [
    'According to Roe, “inflation will fall below two percent by May.”',
    ['inflation will fall below two percent by May.'],
  ],
  [
    'He spoke of a “truce” and said “the fighting will go on for years.”',
    ['the fighting will go on for years.'],
  ],
  [
    'Jane Roe, the chief economist of the Central Bank of Ruritania, said: “No cuts are coming.”',
    ['No cuts are coming.'],
  ],
  ['“It will rain; it will snow;” Roe wrote.', ['It will rain; it will snow']],
  ['“It won’t last!” Roe exclaimed, and she added: “Not past May.”', ['It won’t last!', 'Not past May.']],
  ['(“There will be no war,” Roe wrote.)', ['There will be no war']],
  ['“I think,” Roe said — she was smiling — “that it will end.”', ['I think […] that it will end.']],
  ['「戦争はない。」と彼は言った。', ['戦争はない。']],
])('of %s only the words of the speaker are quoted', (text, expected) => {
  const found = spoken(text)
  expect(found.filter((words) => expected.includes(words))).toEqual(expected)
  for (const words of found) expect(words).not.toMatch(/\b(?:said|warned|Roe|asked)\b/u)
})

test('over several paragraphs each opens with a mark, and the last one closes', () => {
  const text =
    '“It will rain.\n\n“It will snow. It will hail.\n\n“And then it will end,” Roe said.\n\nShe left.'
  expect(spoken(text)).toEqual(['It will rain.', 'It will snow.', 'It will hail.', 'And then it will end'])
})

test('a quotation of several sentences is cut where they end', () => {
  const text = '“It will rain on us. It will snow,” the expert noted on Monday. “So I think.”'
  expect(spoken(text)).toEqual(['It will rain on us.', 'It will snow', 'So I think.'])
})

test('what nobody says in quotation marks stays whole', () => {
  for (const text of [
    'It will "rain" on us.',
    'The “deal” will be off by May, the ministry said.',
    '"',
    '’90s',
  ])
    expect(voicedSentences(text).map(({ voice, own }) => [voice, own])).toEqual([['paraphrase', null]])
})

test('every range lies in the sentence, in order, and crosses no closing mark', () => {
  const marks = ['“', '”', '„', '«', '»', '‘', '’', '"', "'", ' ', 'a', 'said', '?', ',', '.', '\n']
  let seed = 7
  const next = (n: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % n
  }
  for (let run = 0; run < 3_000; run++) {
    const text = Array.from({ length: 1 + next(24) }, () => marks[next(marks.length)] ?? '').join('')
    const quotations = quotationsIn(text)
    const parts = spokenIn(text, quotations, { start: 0, end: text.length }) ?? []
    let at = 0
    for (const { start, end } of parts) {
      expect(start >= at && start < end && end <= text.length).toBe(true)
      expect(quotations.some((quotation) => quotation.start <= start && end <= quotation.end)).toBe(true)
      at = end
    }
  }
})
