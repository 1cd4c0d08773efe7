/** `npm run faults [-- --short] [--only kill] [--seed 1]`: builds the faults and lets each happen. */
import { runBundled } from './bundled.js'

await runBundled('faults')
