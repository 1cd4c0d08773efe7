export { problemsPage, routesPage } from './api-reference.tsx'
export { documentPage, documentsPage } from './documents.tsx'
export { helpPage } from './help.tsx'
export { logPage } from './log.tsx'
