export { deadlineCalendar } from './deadlines.ts'
export { decidedFeed, dueFeed, newFeed } from './forecasts.tsx'
export { logFeed } from './log.tsx'
