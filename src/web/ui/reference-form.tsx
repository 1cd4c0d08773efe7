import { written } from '../../capture/draft.ts'
import { asksFor, type ReferenceKind, referenceKinds } from '../../core/reference.ts'
import { typedDay } from '../../core/typed-date.ts'
import type { Typed } from '../../http/form.ts'
import { Field, FormFields, type FormFrame, type FormTable, type Names } from './field.tsx'
import { numberOr, percent, requestOf, share } from './typed.ts'

export const KIND_WORDS: Record<ReferenceKind, string> = {
  nothing_changes: 'Nothing changes',
  base_rate: 'Base rate',
  market: 'Market price',
  crowd: 'Crowd forecast',
  unstated: 'Of a kind that nobody stated',
}

/** What forecasts on a question are compared with, as a form asks for it. */
export const REFERENCE: FormTable = {
  '/reference/kind': {
    label: 'What to compare with',
    options: [
      ['', 'Not recorded'],
      ['nothing_changes', 'Everything stays as it is'],
      ['base_rate', 'How often it happened before'],
      ['market', 'A market price'],
      ['crowd', 'A crowd’s forecast'],
    ],
    hint: 'An easy call looks like skill until it is held against something. It counts only if it is recorded before the outcome is known.',
  },
  reference_percent: {
    label: 'How likely that makes the event, %',
    placeholder: '15',
    hint: 'May be empty where it is counted how often it happened: then it is that share.',
  },
  '/reference/of/k': { label: 'It happened', placeholder: '3' },
  '/reference/of/n': { label: 'out of', placeholder: '20' },
  '/reference/of/class': { label: 'of which cases', placeholder: 'years with an election', maxlength: 300 },
  '/reference/source': { label: 'Where that is from', maxlength: 500 },
  '/reference/url': { label: 'Its address', placeholder: 'https://', maxlength: 2048 },
  '/reference/observed_at': {
    label: 'When it stood there, in UTC',
    placeholder: '22 Nov 2026 14:00',
    hint: 'Not in the future, and not when the outcome was known.',
  },
}

/** The fields that a form shows of a kind; those of another one are left out. */
const isShown = (kind: ReferenceKind, name: string): boolean => {
  const field = name === 'reference_percent' ? 'probability' : name.split('/')[2]
  return field === 'kind' ? false : asksFor(kind, field as Parameters<typeof asksFor>[1])
}

const CASES: Names = [['/reference/of/k', '/reference/of/n'], '/reference/of/class']

/** The fields, those of the chosen kind alone where the browser can hide the others. */
export const ReferenceFields = ({ frame }: { frame: FormFrame }) => (
  <div class="reference-fields">
    <Field frame={frame} name="/reference/kind" />
    <div class="if-compared">
      <div class="if-rate">
        <FormFields frame={frame} names={CASES} />
      </div>
      <Field frame={frame} name="reference_percent" />
      <Field frame={frame} name="/reference/source" />
      <div class="if-somewhere">
        <Field frame={frame} name="/reference/url" />
      </div>
      <div class="if-seen">
        <Field frame={frame} name="/reference/observed_at" />
      </div>
    </div>
  </div>
)

const INSTANT = /^([^:]{6,40})(?:T|,? )(\d{2}:\d{2})(?::(\d{2}))?(?:\.000)? ?(?:Z|UTC)?$/u

/** `22 Nov 2026 14:00` as an instant; anything else as it was typed, for the schema to refuse. */
function instantOr(typed: string): string {
  const [, date = '', time, seconds = '00'] = INSTANT.exec(typed) ?? []
  const read = typedDay(date)
  return 'day' in read ? `${read.day}T${time}:${seconds}.000Z` : typed
}

/** The reference that a form describes; nothing where no kind was chosen. */
export function referenceFrom(typed: Typed): Record<string, unknown> | undefined {
  const kind = typed.get('/reference/kind')?.[0] ?? ''
  if (kind === '') return undefined
  const known = referenceKinds.find((one) => one === kind)
  const fields = new Map(
    [...typed].filter(([name]) => name in REFERENCE && (known === undefined || isShown(known, name))),
  )
  const { of, observed_at, ...said } = (requestOf(fields).reference ?? {}) as {
    of?: Record<string, string>
    observed_at?: string
  }
  const probability = share(fields.get('reference_percent')?.[0] ?? '')
  return {
    kind,
    ...(probability === undefined ? {} : { probability }),
    ...(of === undefined ? {} : { of: { ...of, ...numbered(of, 'k'), ...numbered(of, 'n') } }),
    ...said,
    ...(observed_at === undefined ? {} : { observed_at: instantOr(observed_at) }),
  }
}

const numbered = (of: Record<string, string>, name: string) =>
  of[name] === undefined ? {} : { [name]: numberOr(of[name]) }

/** The fields that a reference fills in: what `referenceFrom` reads again. */
export function referenceFields(given: unknown): [string, string][] {
  if (typeof given !== 'object' || given === null) return []
  const { probability, of, ...said } = given as Readonly<Record<string, unknown>>
  const rows = Object.entries((of ?? {}) as object).map(([name, value]) => [`/of/${name}`, value] as const)
  return [
    ...[...Object.entries(said).map(([name, value]) => [`/${name}`, value] as const), ...rows].map(
      ([at, value]): [string, string] => [`/reference${at}`, written(value)],
    ),
    ...(probability === undefined ? [] : [['reference_percent', percent(probability)] as [string, string]]),
  ]
}

/** The field at which a refusal of a reference is shown; null for what is none. */
export function referenceField(at: string): string | null {
  if (at === '/reference') return '/reference/kind'
  if (at === '/reference/probability') return 'reference_percent'
  return at.startsWith('/reference/') ? at : null
}
