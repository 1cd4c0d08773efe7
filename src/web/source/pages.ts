import { archiveForm } from './source.tsx'

export { sourcePage, sourcesPage } from './source.tsx'

export const forms = [archiveForm]
