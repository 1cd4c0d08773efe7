import { correctionPolicyForm } from './policy.tsx'
import { reportForms } from './reports.tsx'

export { correctionsPage } from './corrections.tsx'
export { correctionFeed } from './feed.ts'
export { correctionPolicyPage } from './policy.tsx'
export { reportPage, takeReport } from './report.tsx'
export { reportsPage } from './reports.tsx'

export const forms = [correctionPolicyForm, ...reportForms]
