/** `npm run bench [-- --json] [--only B7,B1] [--size 10000]`: builds the benchmarks and runs them. */
import { runBundled } from './bundled.js'

await runBundled('bench')
