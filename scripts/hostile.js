/** `npm run hostile [-- --short] [--only forms] [--seed 1]`: requests that mean no good, at everything that answers. */
import { runBundled } from './bundled.js'

await runBundled('hostile')
