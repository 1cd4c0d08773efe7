import { FormFields, type FormFrame, type FormTable } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'

/** How many rows of evidence a form offers. */
export const EVIDENCE_ROWS = 3

/** One piece of dated evidence: where, what it says, when it was read. */
const evidenceRow = (row: number): FormTable => {
  const label = (what: string) => `Evidence${row === 0 ? '' : ` ${row + 1}`}: ${what}`
  return {
    [`/evidence/${row}/url`]: {
      label: label('address'),
      type: 'url',
      placeholder: 'https://',
      maxlength: 2048,
    },
    [`/evidence/${row}/says`]: {
      label: label('what it says'),
      rows: 2,
      hint: 'In a sentence, so that a reader need not open it.',
      maxlength: 2000,
    },
    [`/evidence/${row}/accessed`]: { label: label('read on'), type: 'date' },
  }
}
const [first = {}, ...others] = Array.from({ length: EVIDENCE_ROWS }, (_, row) => evidenceRow(row))
const more = Object.assign({}, ...others) as FormTable

export const EVIDENCE: FormTable = { ...first, ...more }

/** Dated pieces of evidence. The first is needed. */
export const EvidenceFields = ({ frame }: { frame: FormFrame }) => {
  const names = Object.keys(more)
  return (
    <>
      <FormFields frame={frame} names={Object.keys(first)} />
      <details open={names.some((name) => typedIn(frame.draft, name) !== '')}>
        <summary>More evidence</summary>
        <FormFields frame={frame} names={names} />
      </details>
    </>
  )
}
