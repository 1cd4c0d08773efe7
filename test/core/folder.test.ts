import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folderOf, type LedgerRecords, recordsOf } from '../../src/core/folder.ts'
import type { PredictionsFolder } from '../../src/core/predictions-file.ts'
import { records, sorted } from '../interchange/records.ts'

const question = {
  title: 'A new war begins',
  criteria: 'Yes if war is declared.',
  deadline: { date: '2025-04-08', time_zone: 'Asia/Yerevan' },
}
const evidence = [{ url: 'https://example.org/peace', says: 'Peace.', accessed: '2025-05-01' }]
const resolution = { outcome: 'no', known_on: '2025-04-09', evidence, rationale: 'Nothing was declared.' }
const met = { met_on: '2024-05-01', evidence }

const folder: PredictionsFolder = {
  analysts: [
    { id: 'jane-roe', name: 'Jane Roe' },
    { id: 'john-doe', name: 'John Doe', amends: 'His name was misspelt.' },
  ],
  questions: [{ ...question, id: 'ladder-1', amends: 'Clearer criteria.', resolution, condition_met: met }],
  sources: [
    {
      source: { id: 'talk', type: 'interview', title: 'A talk', published: '2024-04' },
      tags: ['caucasus', 'war'],
      statements: [
        {
          id: 'war',
          analyst: 'jane-roe',
          quote: 'no war',
          question: { ...question, tags: ['own', 'war'], amends: 'Clearer.' },
          probability: { words: 'no war', categorical: 'no' },
          resolution,
          condition_met: met,
          because: 'It is flat.',
        },
        {
          id: 'again',
          analyst: 'john-doe',
          quote: { exact: 'war, no', prefix: 'A', start: 4 },
          voice: 'headline',
          duplicate_of: 'war',
        },
        {
          id: 'must',
          analyst: 'jane-roe',
          quote: 'must',
          untestable: { reason: 'normative', because: 'A wish.' },
          timecode: '12:34',
          note: 'n',
        },
        {
          id: 'peace',
          analyst: 'jane-roe',
          quote: 'peace',
          said_on: '2024-04-02',
          question: { ...question, id: 'peace' },
          probability: { words: 'likely' },
          withdrawn: { withdrawn_on: '2024-06-01', because: 'Changed her mind.' },
          retracted: { because: 'Twice.' },
        },
      ],
    },
    {
      source: { id: 'later', type: 'post', title: 'Later', published: '2025', amends: 'Wrong title.' },
      analyst: 'jane-roe',
      statements: [
        { id: 'war', quote: 'still no war', question: 'talk_war', probability: 0.1 },
        { id: 'same', quote: 'as I said', duplicate_of: 'talk_war' },
      ],
    },
  ],
}

describe('records of a folder', () => {
  const { analysts, sources, statements, questions, forecasts } = recordsOf(folder)

  test('carry amendments beside the record, never in it', () => {
    expect(analysts).toEqual([
      { record: { id: 'jane-roe', name: 'Jane Roe' } },
      { record: { id: 'john-doe', name: 'John Doe' }, amends: 'His name was misspelt.' },
    ])
    expect(sources[1]).toEqual({
      record: { id: 'later', type: 'post', title: 'Later', published: '2025' },
      amends: 'Wrong title.',
    })
  })

  test('have full ids, and every statement is one kind of remark by one analyst', () => {
    const talk = { source: 'talk', checked: 'unchecked', analyst: 'jane-roe', voice: 'quote' }
    expect(statements).toEqual([
      { ...talk, id: 'talk_war', quote: { exact: 'no war' }, kind: 'forecast', because: 'It is flat.' },
      {
        ...talk,
        id: 'talk_again',
        analyst: 'john-doe',
        quote: { exact: 'war, no', prefix: 'A', start: 4 },
        voice: 'headline',
        kind: 'duplicate',
        duplicate_of: 'talk_war',
      },
      {
        ...talk,
        id: 'talk_must',
        quote: { exact: 'must' },
        kind: 'untestable',
        reason: 'normative',
        because: 'A wish.',
        timecode: '12:34',
        note: 'n',
      },
      { ...talk, id: 'talk_peace', quote: { exact: 'peace' }, kind: 'forecast' },
      { ...talk, id: 'later_war', source: 'later', quote: { exact: 'still no war' }, kind: 'forecast' },
      {
        ...talk,
        id: 'later_same',
        source: 'later',
        quote: { exact: 'as I said' },
        kind: 'duplicate',
        duplicate_of: 'talk_war',
      },
    ])
  })

  test('name a question after its statement unless it has a name, with the tags of its file first', () => {
    expect(questions).toEqual([
      {
        record: { ...question, id: 'ladder-1' },
        amends: 'Clearer criteria.',
        resolution,
        condition_met: met,
      },
      {
        record: { ...question, id: 'talk_war', tags: ['caucasus', 'war', 'own'] },
        amends: 'Clearer.',
        resolution,
        condition_met: met,
      },
      {
        record: { ...question, id: 'peace', tags: ['caucasus', 'war'] },
        resolution: null,
        condition_met: null,
      },
    ])
  })

  test('date a forecast by its source unless it says when it was said', () => {
    expect(forecasts.map(({ record }) => [record.id, record.question, record.said_on])).toEqual([
      ['talk_war', 'talk_war', { from: '2024-04-01', to: '2024-04-30' }],
      ['talk_peace', 'peace', { from: '2024-04-02', to: '2024-04-02' }],
      ['later_war', 'talk_war', { from: '2025-01-01', to: '2025-12-31' }],
    ])
    expect(forecasts[1]).toMatchObject({
      record: { probability: { words: 'likely' }, analyst: 'jane-roe', statement: 'talk_peace' },
      withdrawn: { withdrawn_on: '2024-06-01' },
      retracted: { because: 'Twice.' },
    })
  })
})

describe('the folder of records', () => {
  test('is the one that was read, but for what its canonical form leaves out', () => {
    const [talk, later] = folder.sources as [(typeof folder.sources)[0], (typeof folder.sources)[0]]
    const statements = talk.statements.map((statement) =>
      statement.id === 'war'
        ? { ...statement, question: { ...question, tags: ['own'], amends: 'Clearer.' } }
        : statement,
    )
    expect(folderOf(recordsOf(folder))).toEqual({ ...folder, sources: [{ ...talk, statements }, later] })
  })

  test('keeps a question in the file of whoever said it first, whatever was logged first', () => {
    const read = recordsOf(folder)
    const turned: LedgerRecords = {
      ...read,
      sources: read.sources.toReversed(),
      statements: read.statements.toReversed(),
      forecasts: read.forecasts.toReversed(),
      questions: read.questions.toReversed(),
    }
    const homes = folderOf(turned).sources.map(({ source, statements }) => [
      source.id,
      statements.flatMap(({ id, question }) => (typeof question === 'object' ? [id] : [])),
    ])
    expect(homes).toEqual([
      ['talk', ['peace', 'war']],
      ['later', []],
    ])
  })

  test('goes by when a thing was said, not by the name of the file', () => {
    const read = recordsOf(folder)
    const early = read.forecasts.map(({ record, ...rest }) => ({
      ...rest,
      record:
        record.id === 'later_war' ? { ...record, said_on: { from: '2024-01-02', to: '2024-01-02' } } : record,
    }))
    const [talk, later] = folderOf({ ...read, forecasts: early }).sources
    expect(talk?.statements[0]?.question).toBe('talk_war')
    expect(later?.statements[0]?.question).toMatchObject({ id: 'talk_war', title: question.title })
  })

  test('says exactly the same records again', () => {
    fc.assert(
      fc.property(records, (given) => {
        const folder = folderOf(given)
        expect(sorted(recordsOf(folder))).toEqual(given)
        const again = recordsOf(folder)
        expect(recordsOf(folderOf(again))).toEqual(again)
        expect(folderOf(again)).toEqual(folder)
      }),
      { numRuns: 150 },
    )
  })
})
