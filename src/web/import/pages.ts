import { importForm } from './import.tsx'

export { importPage } from './import.tsx'

export const forms = [importForm]
