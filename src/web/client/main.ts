import { startCapture } from './capture.ts'
import { startKeys } from './keys.ts'

startKeys()
startCapture()
