/** `npm run bench [-- --json] [--only B7,B1] [--size 10000] [--smoke] [--against CHECKOUT] [--peers]`: builds and runs them. */
import { runBundled } from './bundled.js'

await runBundled('bench')
