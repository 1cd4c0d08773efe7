import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { atOnce } from '../../src/core/steps.ts'
import { type Suggestion, suggestionSteps } from '../../src/reading/suggestion.ts'

const suggestionsIn = (text: string, published?: string) => atOnce(suggestionSteps(text, published))

type Labelled = { text: string; published: string; forecasts: string[]; others: string[] }
const TEXTS = 'test/reading/texts'

/** A fixture as a text; `+ ` before a sentence is the label of a forecast, `- ` of anything else. */
function labelled(file: string): Labelled {
  const { paragraphs, published }: { paragraphs: string[][]; published: string } = JSON.parse(
    readFileSync(`${TEXTS}/${file}`, 'utf8'),
  )
  const sentences = paragraphs.flat()
  return {
    published,
    text: paragraphs
      .map((list) =>
        list
          .map((sentence) => sentence.slice(2))
          .reduce((text, sentence) => {
            return `${text}${/^(?:Question|Answer):/.test(sentence) ? '\n' : ' '}${sentence}`
          }),
      )
      .join('\n\n'),
    forecasts: sentences.filter((sentence) => sentence.startsWith('+ ')).map((sentence) => sentence.slice(2)),
    others: sentences.filter((sentence) => sentence.startsWith('- ')).map((sentence) => sentence.slice(2)),
  }
}

function counted({ text, published, forecasts, others }: Labelled) {
  const marks = suggestionsIn(text, published)
  const marked = (sentence: string) => {
    const start = text.indexOf(sentence)
    return marks.some((mark) => mark.start < start + sentence.length && mark.end > start)
  }
  return {
    hits: forecasts.filter(marked),
    missed: forecasts.filter((sentence) => !marked(sentence)),
    wrong: others.filter(marked),
    sentences: forecasts.length + others.length,
  }
}

const files = readdirSync(TEXTS).sort()

const begun = (marks: readonly Suggestion[], length: number) =>
  marks.map((mark) => mark.text.slice(0, length))

describe('on the texts written and labelled for it', () => {
  test('every labelled sentence stands in its text once, and each text has at least twenty', () => {
    expect(files).toHaveLength(6)
    for (const file of files) {
      const { text, forecasts, others } = labelled(file)
      for (const sentence of [...forecasts, ...others]) expect(text.split(sentence), sentence).toHaveLength(2)
      expect(forecasts.length + others.length).toBeGreaterThanOrEqual(20)
    }
  })

  test('precision and recall, as counted, stay above their floors', () => {
    const rows = files.map((file) => ({ file, ...counted(labelled(file)) }))
    const sum = (pick: (row: (typeof rows)[number]) => number) =>
      rows.reduce((all, row) => all + pick(row), 0)
    const [hits, missed, wrong] = [
      sum((row) => row.hits.length),
      sum((row) => row.missed.length),
      sum((row) => row.wrong.length),
    ]
    for (const row of rows) {
      console.log(
        `${row.file}: ${row.sentences} sentences, precision ${row.hits.length}/${row.hits.length + row.wrong.length}, ` +
          `recall ${row.hits.length}/${row.hits.length + row.missed.length}`,
        { missed: row.missed, wrong: row.wrong },
      )
    }
    console.log(`all: precision ${hits}/${hits + wrong}, recall ${hits}/${hits + missed}`)
    expect(hits / (hits + wrong)).toBeGreaterThanOrEqual(0.85)
    expect(hits / (hits + missed)).toBeGreaterThanOrEqual(0.78)
    // First sight of the two texts written after the rules: precision 9/13, recall 9/21. It only gets better.
    const later = rows.filter(({ file }) => file === 'flood.json' || file === 'truce.json')
    const found = later.reduce((all, row) => all + row.hits.length, 0)
    expect(found).toBeGreaterThanOrEqual(12)
    expect(later.reduce((all, row) => all + row.wrong.length, 0)).toBeLessThanOrEqual(3)
  })
})

const twin = labelled('twin.json')
const marks = suggestionsIn(twin.text, twin.published)

describe('on the invented twin of the interview', () => {
  test('exactly the seven passages are marked, in order, each in its voice', () => {
    expect(marks.map((mark) => mark.text)).toEqual(twin.forecasts)
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
