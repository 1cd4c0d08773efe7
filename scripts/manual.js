// Writes docs/commands.md from the commands themselves; `--check` writes nothing and fails where it is out of date.
import { runBundled } from './bundled.js'

await runBundled('manual')
