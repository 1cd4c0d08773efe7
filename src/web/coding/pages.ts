import { codebookForm } from './codebook.tsx'
import { openForm } from './list.tsx'
import { ownForms } from './own.tsx'
import { roundForms } from './round.tsx'

export { codebookPage } from './codebook.tsx'
export { codingsPage } from './list.tsx'
export { ownPage } from './own.tsx'
export { roundPage } from './round.tsx'

export const forms = [openForm, ...ownForms, ...roundForms, codebookForm]
