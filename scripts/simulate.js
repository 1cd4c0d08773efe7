/** `npm run simulate [-- --short] [--only range,lead]`: builds the simulations and runs them; fails where a bound is broken. */
import { runBundled } from './bundled.js'

await runBundled('simulate')
