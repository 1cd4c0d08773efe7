import { startCapture } from './capture.ts'
import { startKeys } from './keys.ts'
import { startMarks } from './marks.ts'

startKeys()
startCapture()
startMarks()
