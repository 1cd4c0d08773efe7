import type { FormRoute } from '../ui/page.ts'
import { checkFields, logChecked } from './check.tsx'
import { beginCapture, beginFields } from './list.tsx'
import { checkForecast, logForecast, logStatement, oneFields } from './one.tsx'
import { saveText, textFields } from './text.tsx'

export { checkPage } from './check.tsx'
export { captureListPage } from './list.tsx'
export { captureOnePage } from './one.tsx'
export { captureReceipt, oneReceipt } from './receipt.tsx'
export { captureTextPage } from './text.tsx'

export const forms: readonly FormRoute[] = [
  { path: '/capture', act: beginCapture, fields: beginFields, role: 'recorder' },
  { path: '/capture/one', act: logForecast, fields: oneFields, role: 'recorder' },
  { path: '/capture/one/statements', act: logStatement, fields: oneFields, role: 'recorder' },
  { path: '/capture/one/check', act: checkForecast, fields: oneFields, role: 'recorder' },
  { path: '/captures/:id', act: saveText, fields: textFields, role: 'recorder' },
  { path: '/captures/:id/check', act: logChecked, fields: checkFields, role: 'recorder' },
]
