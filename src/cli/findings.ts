import { type Finding, formatFinding } from '../interchange/finding.ts'
import { plural } from './table.ts'

/** "3 problems and 1 warning". */
export function countOf(findings: readonly Finding[]): string {
  const errors = findings.filter(({ level }) => level === 'error').length
  const warnings = findings.length - errors
  const parts = [
    ...(errors > 0 || warnings === 0 ? [plural(errors, 'problem')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ]
  return parts.join(' and ')
}

export const formatFindings = (findings: readonly Finding[]): string[] =>
  findings.flatMap((finding) => [formatFinding(finding), ''])
