import { describe, expect, test } from 'vitest'
import { readFolder } from '../../src/interchange/predictions-file.ts'
import { ANALYSTS, codes, TALK, talk } from './talk.ts'

const findings = (text: string) => readFolder([ANALYSTS, { path: '2024/talk.yaml', bytes: text }]).findings

describe('a comment behind a text', () => {
  test.each<[string, string, string]>([
    [
      'a quote',
      'quote: by the end of next year there will be no war',
      'quote: There will be no war # at least not this year',
    ],
    [
      'a quote in brackets',
      'quote: by the end of next year there will be no war',
      'quote: {exact: no war # at least not now\n      }',
    ],
    [
      'a quote before a comma',
      'quote: by the end of next year there will be no war',
      'quote: {exact: no war, # at least not now\n      prefix: be}',
    ],
    [
      'a quote over two lines',
      'quote: by the end of next year there will be no war',
      'quote: by the end of next year\n      there will be no war # or so',
    ],
    ['a quote of one word', 'quote: by the end of next year there will be no war', 'quote: Peace # at last'],
    ['a title', 'title: A new war begins', 'title: A new war begins #1'],
    ['a title of a source', 'title: A talk', 'title: A talk # 3'],
    ['criteria', 'criteria: Yes if war is declared.', 'criteria: Yes if war is declared. # by either'],
    [
      'words',
      '{words: there will be no war, categorical: "no"}',
      '\n      words: there will be no war # at all\n      categorical: "no"',
    ],
    ['a rationale', 'rationale: Nothing was declared.', 'rationale: Nothing was declared. # as of May'],
    ['what evidence says', 'says: Peace., accessed', 'says: Peace. # says the page\n          , accessed'],
    ['a note', '    question:', '    note: On page # 3\n    question:'],
    ['a reason', 'because: House rule.}', 'because: House rule. # twelve months\n      }'],
    [
      'an item of a list',
      '      criteria:',
      '      resolution_sources:\n        - The gazette # of the state\n      criteria:',
    ],
  ])('is found, and the remedy says how to mend it: %s', (_, from, to) => {
    const found = findings(talk([from, to]))
    expect(found.map(({ code, level }) => `${level} ${code}`)).toContain('error yaml_comment')
    const [cut] = found.filter(({ code }) => code === 'yaml_comment')
    expect(cut?.remedy).toContain('quotation marks')
    expect(cut?.message).toContain('" #"')
  })

  test.each<[string, string, string]>([
    ['a date', 'published: 2024-04-08', 'published: 2024-04-08 # a Monday'],
    ['an id', 'id: war', 'id: war # the first'],
    ['a reference', 'analyst: jane-roe', 'analyst: jane-roe # the elder'],
    ['a word of ours', 'coverage: complete', 'coverage: complete # all of it'],
    ['a number', '{words: there will be no war, categorical: "no"}', '0.1 # as she said'],
    ['tags', 'tags: [caucasus]', 'tags: [caucasus] # and more'],
    ['a text in quotation marks', 'title: A talk', 'title: "A talk" # as announced'],
    ['a zone', 'time_zone: Asia/Yerevan,', 'time_zone: Asia/Yerevan, # of the capital\n       '],
    ['a key', 'question:', 'question: # ours'],
    ['nothing: the sign is part of the word', 'title: A talk', 'title: A talk on C# and F#'],
    ['nothing: the text is a block', 'title: A talk', 'title: >-\n    A talk # 3'],
    ['an answer', 'outcome: "no"', 'outcome: no # as the page says'],
    ['the line before', 'statements:', '# what she said\nstatements:'],
  ])('is a comment behind %s', (_, from, to) => {
    expect(codes(talk([from, to]))).toEqual([])
  })

  test('is not what the folder writes', () => {
    expect(codes(TALK)).toEqual([])
  })
})
