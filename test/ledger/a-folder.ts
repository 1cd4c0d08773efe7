import { type LedgerRecords, recordsOf } from '../../src/core/folder.ts'
import { AnalystsFile, QuestionsFile, SourceFile } from '../../src/core/predictions-file.ts'
import { importFolder } from '../../src/ledger/import/import-folder.ts'
import { machineMember } from '../../src/ledger/members/membership.ts'
import type { TestLedger } from '../support/ledger.ts'
import { aQuestion, aResolution } from '../support/steps.ts'

export type Change = {
  source?: object
  statement?: object
  question?: object
  analysts?: object[]
  questions?: object[]
  more?: object[]
}

/** A folder of one analyst and one interview with a forecast, a duplicate and a remark, with some changes. */
export const folder = (change: Change = {}): LedgerRecords =>
  recordsOf({
    ...AnalystsFile.parse({
      analysts: change.analysts ?? [{ id: 'jane-roe', name: 'Jane Roe', aliases: ['J. Roe'] }],
    }),
    ...QuestionsFile.parse({ questions: change.questions ?? [] }),
    sources: [
      SourceFile.parse({
        source: {
          id: 'talk',
          type: 'interview',
          title: 'A talk',
          url: 'https://example.com/talk',
          published: '2026-11-01',
          coverage: 'complete',
          ...change.source,
        },
        analyst: 'jane-roe',
        tags: ['war'],
        statements: [
          {
            id: 'war',
            quote: 'there will be no war',
            question: { ...aQuestion(), ...change.question },
            probability: { words: 'likely' },
            ...change.statement,
          },
          { id: 'again', quote: 'no war, I say', duplicate_of: 'war' },
          { id: 'now', quote: 'time is on their side', untestable: { reason: 'present_state' } },
          ...(change.more ?? []),
        ],
      }),
    ],
  })
export const importing = async (test: TestLedger, records: LedgerRecords) =>
  importFolder(test.ledger, test.as(await machineMember(test.ledger, 'import')), records)
export const resolved = { resolution: { ...aResolution(), known_on: '2027-01-01' } }
export const codes = ({ refused }: { refused: { noun: string; code: string }[] }) =>
  refused.map(({ noun, code }) => `${noun} ${code}`)
