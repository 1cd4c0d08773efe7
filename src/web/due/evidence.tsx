import { Field, type FormFrame, type Labels } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'

/** How many rows of evidence a form offers. */
export const EVIDENCE_ROWS = 3

const PARTS = { url: 'address', says: 'what it says', accessed: 'read on' }

export const evidenceLabels: Labels = Object.fromEntries(
  Array.from({ length: EVIDENCE_ROWS }, (_, row) =>
    Object.entries(PARTS).map(([part, word]) => [
      `/evidence/${row}/${part}`,
      `Evidence${row === 0 ? '' : ` ${row + 1}`}: ${word}`,
    ]),
  ).flat(),
)

/** Dated pieces of evidence: where, what it says, when it was read. The first is needed. */
export const EvidenceFields = ({ frame }: { frame: FormFrame }) => {
  const row = (i: number) => (
    <>
      <Field frame={frame} name={`/evidence/${i}/url`} type="url" placeholder="https://" maxlength={2048} />
      <Field
        frame={frame}
        name={`/evidence/${i}/says`}
        rows={2}
        hint="In a sentence, so that a reader need not open it."
        maxlength={2000}
      />
      <Field frame={frame} name={`/evidence/${i}/accessed`} type="date" />
    </>
  )
  const more = [1, 2]
  const isUsed = more.some((i) =>
    Object.keys(evidenceLabels).some(
      (name) => name.startsWith(`/evidence/${i}/`) && typedIn(frame.draft, name) !== '',
    ),
  )
  return (
    <>
      {row(0)}
      <details open={isUsed}>
        <summary>More evidence</summary>
        {more.map(row)}
      </details>
    </>
  )
}
