/** The way that is open: back to a backup, to make again what is derived from the log, or to ask whose log it is. */
export type Mend = 'restore' | 'rebuild' | 'migrate' | 'ask'
/** What is wrong, at which entry (null: elsewhere in the file), and what mends it. */
export type VerifyFinding = { seq: number | null; code: string; message: string; mend: Mend }

const MOST = 100

/** Collects what is found: all of it is counted, the first hundred are kept. */
export function findings() {
  const kept: VerifyFinding[] = []
  let more = 0
  return {
    add: (seq: number | null, code: string, message: string, mend: Mend = 'restore') => {
      if (kept.length < MOST) kept.push({ seq, code, message, mend })
      else more++
    },
    kept,
    more: () => more,
  }
}
export type Findings = ReturnType<typeof findings>
