import { afterEach } from 'vitest'
import { closeOpened } from './after-test.ts'

// Done for each file of tests, while the modules that they import are shared: a hook in one of those is the first file's alone.
afterEach(closeOpened)
