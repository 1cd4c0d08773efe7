/** `node scripts/growth.js`: draws docs/pictures/growth.svg from the figures in docs/pictures/growth.json. */
import { runBundled } from './bundled.js'

await runBundled('growth')
