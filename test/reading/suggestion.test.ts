import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type LabelledText, readFile } from '../../scripts/reading/case.ts'
import { scored } from '../../scripts/reading/texts.ts'
import { atOnce } from '../../src/core/steps.ts'
import { readingAnswerSteps } from '../../src/reading/reading-answer.ts'
import { type Suggestion, suggestionSteps } from '../../src/reading/suggestion.ts'
import { captionsIn } from '../../src/reading/transcript.ts'

const suggestionsIn = (text: string, published?: string) => atOnce(suggestionSteps(text, published))

const TEXTS = 'test/reading/texts'
const files = readdirSync(TEXTS).sort()

/** A labelled text; captions are read as the text that they were joined to. */
function labelled(name: string): LabelledText {
  const [text] = readFile(JSON.parse(readFileSync(`${TEXTS}/${name}`, 'utf8')), name).texts
  if (text === undefined) throw new Error(`${name} holds no text`)
  return { ...text, text: captionsIn(text.text)?.text ?? text.text }
}

const counted = (text: LabelledText) =>
  scored(text, atOnce(readingAnswerSteps(text.text, text.published)).items)

const begun = (marks: readonly Suggestion[], length: number) =>
  marks.map((mark) => mark.text.slice(0, length))

/** Interviews and reports, which were written first, and analyses of the news, where most is about the present. */
const FIRST = ['bank.json', 'chips.json', 'flood.json', 'truce.json', 'twin.json', 'vote.json']

describe('on the texts written and labelled for it', () => {
  test('every labelled sentence stands in its text once, and each text has at least twenty', () => {
    for (const file of files) {
      const { text, sentences } = labelled(file)
      for (const sentence of sentences)
        if (sentence.text.length > 12) expect(text.split(sentence.text), sentence.text).toHaveLength(2)
      expect(sentences.length).toBeGreaterThanOrEqual(20)
    }
  })

  test.each([
    ['interviews and reports', FIRST, 0.9, 0.88],
    ['analyses of the news', files.filter((file) => !FIRST.includes(file)), 0.85, 0.85],
  ])('of %s, precision and recall stay above their floors', (_, names, precision, recall) => {
    const scores = names.map((name) => counted(labelled(name)))
    const sum = (list: 'hits' | 'missed' | 'wrong') => scores.reduce((all, one) => all + one[list].length, 0)
    const hits = sum('hits')
    expect(hits / (hits + sum('wrong'))).toBeGreaterThanOrEqual(precision)
    expect(hits / (hits + sum('missed'))).toBeGreaterThanOrEqual(recall)
  })
})

const twin = labelled('twin.json')
const marks = suggestionsIn(twin.text, twin.published)

describe('on the invented twin of the interview', () => {
  test('exactly the seven passages are marked, in order, each in its voice', () => {
    expect(marks.map((mark) => mark.text)).toEqual(
      twin.sentences.filter(({ forecast }) => forecast).map(({ text }) => text),
    )
    expect(marks.map((mark) => mark.voice)).toEqual([
      ...['headline', 'quote', 'paraphrase', 'quote', 'quote', 'quote', 'quote'],
    ])
  })

  test('each mark stands in the text where it says and explains itself', () => {
    for (const mark of marks) {
      expect(twin.text.slice(mark.start, mark.end)).toBe(mark.text)
      expect(mark.reasons.some((reason) => reason.weight > 0)).toBe(true)
      for (const reason of mark.reasons) expect(reason.says).not.toBe('')
    }
  })

  test('the words are proposed: by no means, flat no, flat yes', () => {
    expect(marks.map((mark) => mark.words && (mark.words.categorical ?? mark.words.key))).toEqual([
      ...['by_no_means', 'no', 'by_no_means', 'by_no_means', 'yes', 'no', 'yes'],
    ])
    expect(marks.some((mark) => mark.too_vague)).toBe(false)
  })

  test('no horizon stands anywhere, so every deadline is the house rule and says so', () => {
    for (const mark of marks) {
      expect(mark.horizon).toMatchObject({ phrase: null, to: '2032-05-06' })
      expect(mark.horizon?.rule).toContain('house rule')
    }
  })

  test('the reporter’s paraphrase repeats the speaker’s own words', () => {
    expect(marks[2]?.repeats).toBe(3)
    expect(marks[3]).not.toHaveProperty('repeats')
  })
})

describe('traps', () => {
  test.each([
    'What does he need it for?',
    'Who will profit from this?',
    '“Will they ever learn?”',
    '“Who is going to pay for that?” he asks.',
    'She definitely does not need a blockade.',
    'Zenda is definitely not the focus.',
    'The Continent now has no time for the harbour towns.',
    'So, if we talk about a fight, we need to understand what is meant by this word.',
    'The government should cut spending.',
    'I would have raised rates a year ago.',
    'If the Harvest Party were to govern, it would have to find four billion crowns.',
    'I will tell you a secret.',
    'You will remember the flood.',
    'The political will of the council is weak.',
    'We are going to the harbour.',
    'The ministry will publish the figures on Monday.',
    'Question: will machines replace clerks, you will say.',
    'Prices rose by 6.1 per cent in August.',
    '',
  ])('%j is not marked', (sentence) => {
    expect(suggestionsIn(`${sentence}\nNext.`)).toEqual([])
  })

  test.each([
    ['If a fight means a blockade, then no, there will be no blockade.', 'will_not'],
    ['Strelsau is by no means ready to start a blockade.', 'not_ready'],
    ['There is a real possibility of a second election before the year is out.', 'chance'],
    ['She said that there would be no election.', 'reported'],
    ['I would be very surprised if he stayed.', 'surprise'],
    ['He gives them a one-in-five chance.', 'odds'],
    ['Most observers expect the cheapest option.', 'forecasting'],
  ])('%j is marked, and by the rule %s', (sentence, rule) => {
    const [mark] = suggestionsIn(`${sentence}\nNext.`)
    expect(mark?.reasons.map((reason) => reason.rule)).toContain(rule)
  })

  test('a phrase too vague to score is said to be so', () => {
    const [mark] = suggestionsIn('It could rain, perhaps, by the summer.\nNext.', '2030-02-01')
    expect(mark).toMatchObject({ too_vague: true, horizon: { to: '2030-08-31' } })
  })

  test('a quotation that runs over paragraphs stays a quotation, with curly quotes and with straight ones', () => {
    for (const [open, close] of ['“”', '""']) {
      const text = `${open}One thing is sure.\nThe mill will burn.${close} So he said. The inn will burn.\nEnd.`
      expect(suggestionsIn(text).map((mark) => mark.voice)).toEqual(['quote', 'paraphrase'])
    }
  })

  test('without a publication date no horizon is proposed', () => {
    expect(suggestionsIn('It will end by 2030.\nEnd.')[0]?.horizon).toBeNull()
  })

  test('a question mark silences only its own clause', () => {
    const [mark] = suggestionsIn('“Will it burn?” he asks; it will burn.')
    expect(mark?.reasons.map(({ rule }) => rule)).toEqual(['will'])
  })
})

// The article is not ours to publish; where a copy is at hand it is read as it is.
const interview = process.env.RECKONING_INTERVIEW
if (interview) {
  describe('on the interview itself', () => {
    const text = readFileSync(interview, 'utf8')
    test('exactly the seven passages are marked', () => {
      const found = suggestionsIn(text, '2024-04-08')
      expect(begun(found, 22)).toEqual([
        'Konstantin Kalachev: Baku is now not'.slice(0, 22),
        'Accordingly, I can assume that Baku'.slice(0, 22),
        'According to the expert, Baku'.slice(0, 22),
        '“But for all that, I believe'.slice(0, 22),
        'However, the pressure will continue'.slice(0, 22),
        'If escalation means a new war'.slice(0, 22),
        'If escalation is a continuation'.slice(0, 22),
      ])
      expect(found.map((mark) => mark.voice)).toEqual([
        ...['headline', 'quote', 'paraphrase', 'quote', 'quote', 'quote', 'quote'],
      ])
      expect(found.map((mark) => mark.repeats)).toEqual([
        ...[3, undefined, 3, undefined, undefined, undefined, undefined],
      ])
    })
  })
}
