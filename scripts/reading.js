/**
 * `npm run reading -- FILE… [-v]`: tries cases and labelled texts at the one door of reading, and prints by kind how many
 * are right. Fails where a kind is below 95 %, a reading is on the wrong side of one half, or a stated number is ignored.
 */
import { runBundled } from './bundled.js'

await runBundled('reading')
