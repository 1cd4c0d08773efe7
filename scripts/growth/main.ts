import { readFileSync, writeFileSync } from 'node:fs'
import { growthPicture } from './picture.tsx'

const FIGURES = 'docs/pictures/growth.json'
const PICTURE = 'docs/pictures/growth.svg'

writeFileSync(PICTURE, `${growthPicture(JSON.parse(readFileSync(FIGURES, 'utf8')))}\n`)
process.stdout.write(`${PICTURE}\n`)
