import { base } from './base.ts'
import { capture } from './capture.ts'
import { charts } from './charts.ts'
import { embed } from './embed.ts'
import { forms } from './forms.ts'
import { help } from './help.ts'
import { parts } from './parts.ts'
import { print } from './print.ts'
import { record } from './record.ts'
import { tokens } from './tokens.ts'

/** The one style sheet. */
export const style = [tokens, base, parts, forms, capture, charts, record, help, embed, print]
  .join('')
  .replaceAll(/\n+/gu, '\n')
  .trim()
