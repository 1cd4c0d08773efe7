import type * as z from 'zod'
import {
  claimKinds,
  codingKinds,
  codingReasons,
  type JointPassageRequest,
  type PassageRequest,
} from '../../core/coding.ts'
import { LedgerError } from '../../core/error.ts'
import type { Typed } from '../../http/form.ts'
import { FormFields, type FormFrame, type FormTable } from '../ui/field.tsx'
import { parsed, typedIn } from '../ui/problem.ts'
import { dayTyped, numberOr, percent, requestOf, share } from '../ui/typed.ts'
import { KINDS, REASONS } from './words.tsx'

/** What is decided of a passage; the joint reading holds nobody's own probability. */
export const PASSAGE: FormTable = {
  '/quote': { label: 'Passage', rows: 3, hint: 'Its words, copied from the text.', maxlength: 5000 },
  '/kind': { label: 'Kind', radio: true, options: codingKinds.map((kind) => [kind, KINDS[kind]]) },
  '/reason': {
    label: 'Reason',
    options: [['', '–'], ...codingReasons.map((reason) => [reason, REASONS[reason]] as const)],
  },
  '/event': { label: 'Event', hint: 'One positive sentence that a stranger could decide.', maxlength: 300 },
  '/deadline': { label: 'Deadline', type: 'date' },
  '/words': { label: 'Words of probability', maxlength: 200 },
  '/band/low': { label: 'Band from, %', hint: 'Of the event as you worded it.', maxlength: 20 },
  '/band/high': { label: 'to, %', maxlength: 20 },
  '/own': {
    label: 'Your own probability, %',
    hint: 'What you yourself think, without looking anything up. Nobody sees it before both are in.',
    maxlength: 20,
  },
  '/note': { label: 'Note', rows: 2, maxlength: 1000 },
}
const { '/own': _, ...JOINT } = PASSAGE
export const JOINT_PASSAGE: FormTable = JOINT

const OF_CLAIM = ['/event', ['/deadline', '/words'], ['/band/low', '/band/high'], '/own']

/** The fields of a passage; those that its kind does not have are hidden where that was chosen. */
export const PassageFields = ({ frame }: { frame: FormFrame }) => (
  <div class="passage-fields">
    <input type="hidden" name={`${frame.prefix ?? ''}/start`} value={typedIn(frame.draft, '/start')} />
    <FormFields frame={frame} names={['/quote', '/kind']} />
    <div class="if-no-claim">
      <FormFields frame={frame} names={['/reason']} />
    </div>
    <div class="if-claim">
      <FormFields
        frame={frame}
        names={OF_CLAIM.filter((name) => typeof name !== 'string' || name in frame.fields)}
      />
    </div>
    <FormFields frame={frame} names={['/note']} />
  </div>
)

export function valuesOf(
  passage: PassageRequest | JointPassageRequest | undefined,
): Record<string, string | undefined> {
  if (passage === undefined) return {}
  const { start } = passage
  const common = {
    '/start': start === undefined ? undefined : String(start),
    '/quote': passage.quote,
    '/kind': passage.kind,
    '/note': passage.note,
  }
  if (!('event' in passage)) return { ...common, '/reason': passage.reason }
  return {
    ...common,
    '/event': passage.event,
    '/deadline': passage.deadline,
    '/words': passage.words,
    '/band/low': percent(passage.band.low),
    '/band/high': percent(passage.band.high),
    ...('own' in passage ? { '/own': percent(passage.own) } : {}),
  }
}

/** The passage that a form describes; what its kind does not have, and the form hides, is left out. */
export function passageFrom<T>(schema: z.ZodType<T>, form: Typed): T {
  const { kind, quote, start, note, reason, event, deadline, words, band, own } = requestOf(form) as Record<
    string,
    unknown
  >
  if (kind === undefined)
    throw new LedgerError('invalid', 'Choose what kind of passage it is.', [
      { pointer: '/kind', message: 'is required' },
    ])
  const common = { kind, quote, note, start: start === undefined ? undefined : numberOr(String(start)) }
  if (!(claimKinds as readonly unknown[]).includes(kind)) return parsed(schema, given({ ...common, reason }))
  const { low, high } = (band ?? {}) as { low?: string; high?: string }
  return parsed(
    schema,
    given({
      ...common,
      event,
      words,
      deadline: deadline === undefined ? undefined : dayTyped(String(deadline)),
      band: band === undefined ? undefined : { low: share(low ?? ''), high: share(high ?? '') },
      own: own === undefined ? undefined : share(String(own)),
    }),
  )
}

const given = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
