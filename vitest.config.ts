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
// Where most machines that test stand, a day begins with the day of UTC, and no mistake about it is seen. What knows
// zones is run to the west of it as well (scripts/check.js).
const TZ = process.env.TEST_ZONE ?? 'Asia/Baku'

// It measures, in a process that holds nothing else.
const LINEAR = ['test/linear/**/*.test.ts']
// These start servers, browsers and other programs of their own: when the rest is done.
const REAL = ['test/runtime/**/*.test.ts', 'test/server/**/*.test.ts', 'test/web/{*browser*,budgets}.test.ts']
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
// Hooks stand in files of tests alone; what support has opened is closed by `setupFiles`.
const shared = { maxWorkers: 2, isolate: false }

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
          exclude: [...REAL, ...LINEAR, ...left],
          env: { TMPDIR, TZ },
          ...shared,
          sequence: { groupOrder: 0 },
          ...common,
        },
      },
      // Before the next in the alphabet, as it takes longest.
      {
        oxc,
        test: {
          name: 'linear',
          include: LINEAR,
          // Not more: what measures is pressed for room by a third, and then says of a work that it grows faster.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
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
          ...shared,
          sequence: { groupOrder: 1 },
          ...common,
        },
      },
    ],
  },
})
