import { amendForm } from './amend.tsx'
import { questionForms } from './question.tsx'

export { amendPage } from './amend.tsx'
export { questionPage } from './question.tsx'

export const forms = [amendForm, ...questionForms]
