/** `npm run bench [-- --json] [--only B7,B1] [--size 10000] [--smoke] [--against CHECKOUT]`: builds and runs them. */
import { runBundled } from './bundled.js'

await runBundled('bench')
