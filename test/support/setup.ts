import { afterEach, beforeEach } from 'vitest'
import { closeOpened } from './after-test.ts'
import { isOnServer, reasonOf } from './by-files.ts'

// Done for each file of tests, while the modules that they import are shared: a hook in one of those is the first file's alone.
afterEach(closeOpened)

if (isOnServer)
  beforeEach(({ task, skip }) => {
    const reason = reasonOf(task.file.name, task.name)
    if (reason !== null) skip(reason)
  })
