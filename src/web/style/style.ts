import { base } from './base.ts'
import { charts } from './charts.ts'
import { forms } from './forms.ts'
import { parts } from './parts.ts'
import { record } from './record.ts'
import { tokens } from './tokens.ts'

/** The one style sheet. */
export const style = [tokens, base, parts, forms, charts, record].join('').replaceAll(/\n+/gu, '\n').trim()
