import { decisionForms } from './decide.tsx'
import { newsroomForms } from './newsroom.ts'

export { duePage } from './due.tsx'
export { resolvePage } from './resolve.tsx'

export const forms = [...decisionForms, ...newsroomForms]
