import { existsSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { defineConfig } from 'vitest/config'
import { isOnServer, WHOLE_FILES } from './test/support/by-files.ts'

// Every test has a ledger in a file of its own. Where memory can hold them, nobody waits for a disk to have them safe.
const MEMORY = '/dev/shm'
const isRoomy = (folder: string) => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize > 2 ** 30
}
const TMPDIR = existsSync(MEMORY) && isRoomy(MEMORY) ? MEMORY : tmpdir()

// These start servers, browsers and other programs of their own, or measure: each alone, when the rest is done.
const REAL = [
  'test/linear/**/*.test.ts',
  'test/runtime/**/*.test.ts',
  'test/server/**/*.test.ts',
  'test/web/{*browser*,budgets}.test.ts',
]
const ALL = 'test/**/*.test.{ts,tsx}'
/** With `RECKONING_TEST_DATABASE=sqld` every ledger is made on a real server, and what is about files is left out. */
const left = isOnServer ? WHOLE_FILES : []

const oxc = { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } } as const
const common = {
  // On a server every question is a trip.
  testTimeout: isOnServer ? 600_000 : 60_000,
  hookTimeout: isOnServer ? 600_000 : 120_000,
  setupFiles: ['./test/support/setup.ts'],
}

export default defineConfig({
  oxc,
  test: {
    globalSetup: isOnServer ? ['./test/support/remote-setup.ts'] : [],
    reporters: ['default', './scripts/closing-line.js'],
    projects: [
      {
        oxc,
        test: {
          name: 'app',
          include: [ALL],
          exclude: [...REAL, ...left],
          env: { TMPDIR },
          maxWorkers: 2,
          // Hooks stand in files of tests alone; what support has opened is closed by `setupFiles`.
          isolate: false,
          sequence: { groupOrder: 0 },
          ...common,
        },
      },
      {
        oxc,
        test: {
          name: 'real',
          include: REAL,
          exclude: left,
          env: { TMPDIR },
          // Not more: what measures is pressed for room by a third, and then says of a work that it grows faster.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...common,
        },
      },
    ],
  },
})
