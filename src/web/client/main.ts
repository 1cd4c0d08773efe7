import { startCapture } from './capture.ts'
import { startCheck } from './check-start.ts'
import { startCoding } from './coding.ts'
import { startDates } from './dates.ts'
import { startDrop } from './drop.ts'
import { startKeys } from './keys.ts'
import { startMarks } from './marks.ts'
import { startPalette } from './palette.ts'
import { startPasskeys } from './passkey.ts'
import { startPrint } from './print.ts'

startKeys()
startCapture()
startCoding()
startDates()
startDrop()
startMarks()
startPalette()
startPasskeys()
startCheck()
startPrint()
