export { analystPage } from './analyst.tsx'
export { analystsPage } from './analysts.tsx'
export { comparePage } from './compare.tsx'
