import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const left: (() => unknown)[] = []

/** What a benchmark starts or opens is ended when it is over, the last first, also where it fails half-way. */
export const afterwards = (end: () => unknown): void => void left.push(end)

export async function tidyUp(): Promise<void> {
  for (const end of left.splice(0).reverse()) await end()
}

/** A folder that goes afterwards. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'reckoning-bench-'))
  afterwards(() => rmSync(made, { recursive: true, force: true }))
  return made
}
