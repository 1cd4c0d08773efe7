import { Field, type FormFrame } from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'

export const evidenceNames = (rows: number): string[] =>
  Array.from({ length: rows }, (_, i) =>
    ['url', 'says', 'accessed'].map((part) => `/evidence/${i}/${part}`),
  ).flat()

/** How many rows of evidence a form offers. */
export const EVIDENCE_ROWS = 3

export const evidenceLabels: Readonly<Record<string, string>> = Object.fromEntries(
  evidenceNames(EVIDENCE_ROWS).map((name) => {
    const [, , row, part] = name.split('/')
    const word = { url: 'address', says: 'what it says', accessed: 'read on' }[
      part as 'url' | 'says' | 'accessed'
    ]
    return [name, `Evidence ${Number(row) + 1}, ${word}`]
  }),
)

/** Dated pieces of evidence: where, what it says, when it was read. The first is needed. */
export const EvidenceFields = ({ frame }: { frame: FormFrame }) => {
  const row = (i: number) => (
    <>
      <Field
        frame={frame}
        name={`/evidence/${i}/url`}
        label={i === 0 ? 'Evidence: address' : `Evidence ${i + 1}: address`}
        type="url"
        placeholder="https://"
        maxlength={2048}
      />
      <Field
        frame={frame}
        name={`/evidence/${i}/says`}
        label="What it says"
        rows={2}
        hint="In a sentence, so that a reader need not open it."
        maxlength={2000}
      />
      <Field frame={frame} name={`/evidence/${i}/accessed`} label="Read on" type="date" />
    </>
  )
  const more = [1, 2]
  const isUsed = more.some((i) =>
    evidenceNames(EVIDENCE_ROWS).some(
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
