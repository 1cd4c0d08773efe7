import { stringify } from 'yaml'
import type { TableMappingFile } from '../core/table-mapping.ts'
import type { Finding } from './finding.ts'
import { readYaml } from './yaml-document.ts'

/** What a file beside a table says of it, in YAML or JSON: unchecked, and undefined where it cannot be read. */
export function readMapping(
  path: string,
  bytes: Uint8Array | string,
): { value: unknown; findings: Finding[] } {
  const { value, findings } = readYaml(path, bytes)
  return { value, findings }
}

/** The same as a file that can be kept beside the table. */
export const mappingText = (told: TableMappingFile): string => stringify(told, { lineWidth: 0 })
