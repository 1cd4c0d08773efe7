// Writes the typed client of the API, dist/client.js and dist/client.d.ts, from the same schemas as the API.
import { runBundled } from './bundled.js'

await runBundled('client')
