import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RedactionRequest } from '../../src/core/redaction.ts'
import { saveCapture } from '../../src/ledger/capture/save-capture.ts'
import { saveCoding } from '../../src/ledger/coding/code.ts'
import { publishReply } from '../../src/ledger/forecast/publish-reply.ts'
import { redact } from '../../src/ledger/redaction/redact.ts'
import { keepPrivately } from '../../src/store/newsroom.ts'
import { claim, openedRound, TEXT } from '../coding/round.ts'
import { patient } from '../support/by-files.ts'
import { aCapture } from '../support/capture.ts'
import { keptLedger } from '../support/ledger.ts'
import { AFTERWARDS, aQuestion, aResolution, confirm, log, propose } from '../support/steps.ts'
import { type Files, released } from './released.ts'

/** Words that stand nowhere else. */
const word = fc
  .string({ unit: fc.constantFrom(...'bcdfghjklmnpqrstvwxz'), minLength: 12, maxLength: 16 })
  .map((letters) => `Q${letters}`)
const words = fc.uniqueArray(word, { minLength: 12, maxLength: 12 })

const standing = (files: Files, sought: readonly string[]) =>
  sought.filter((one) => Object.values(files).some((text) => text.toLowerCase().includes(one.toLowerCase())))

test(
  'whatever the words: no private one, none that was taken out, and without quotes none of others is in a release',
  async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(words, async (drawn) => {
        const [member, text, prefix, draft, note, coding, gone, quote, translation, said, reply, says] =
          drawn as [
            string,
            string,
            string,
            string,
            string,
            string,
            string,
            string,
            string,
            string,
            string,
            string,
          ]
        const held = await keptLedger()
        try {
          const ben = await held.join(`Ben ${member}`, 'resolver')
          const round = await openedRound(held)
          await saveCoding(held.ledger, held.as(ben), round, { passages: [claim({ note: coding })] })
          const { question, id } = await log(held, {
            quote: { exact: `${quote} will end`, prefix: `${prefix} ` },
            translation: { text: `It is ${translation}`, by: 'Us' },
            source: {
              title: 'An interview',
              type: 'interview',
              published: '2026-11-01',
              text: `Before it ${text}. ${prefix} ${quote} will end. After it.`,
            },
            probability: { words: said, categorical: 'no' },
          })
          const other = await log(held, { quote: `${gone} said`, question: aQuestion({ title: 'Another' }) })
          await saveCapture(
            held.ledger,
            held.unit,
            aCapture({ text: `${TEXT} ${draft}`, marks: [], ignored: [] }),
          )
          await held.ledger.db.write([
            keepPrivately(question, 'note', { by: held.unit.by.member, at: '2026-11-21', text: note }),
          ])
          const request = { kind: 'statement', id: other.id, because: 'They asked for it.', class: 'update' }
          await redact(held.ledger, held.unit, RedactionRequest.parse(request))
          held.at(AFTERWARDS)
          const evidence = [{ url: 'https://example.com/e', says: `${says} it says`, accessed: '2026-11-22' }]
          await propose(held, question, aResolution({ evidence }))
          await confirm(held, question, 'r1', held.as(ben))
          await publishReply(held.ledger, held.as(ben), id, {
            text: `I ${reply}`,
            replied_on: '2027-01-01',
            url: 'https://example.com/reply',
          })

          const secret = [member, text, prefix, draft, note, coding, gone]
          const quoted = [quote, translation, said, reply, says]
          const whole = await released(held)
          expect(standing(whole.files, secret)).toEqual([])
          expect(standing(whole.files, quoted)).toEqual(quoted)
          const without = await released(held, ['--without-quotes'])
          expect(standing(without.files, [...secret, ...quoted])).toEqual([])
          seen++
        } finally {
          await held.close()
        }
      }),
      { numRuns: 5, endOnFailure: true },
    )
    expect(seen).toBe(5)
  },
  patient(60_000),
)
