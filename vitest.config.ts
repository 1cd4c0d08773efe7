import { defineConfig } from 'vitest/config'

// These start servers, browsers and other programs of their own: one after the other, when the rest is done.
const REAL = ['test/runtime/**/*.test.ts', 'test/server/**/*.test.ts', 'test/web/{*browser*,budgets}.test.ts']
const ALL = 'test/**/*.test.{ts,tsx}'

const oxc = { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } } as const
const timeouts = { testTimeout: 60_000, hookTimeout: 120_000 }

export default defineConfig({
  oxc,
  test: {
    reporters: ['default', './scripts/closing-line.js'],
    projects: [
      {
        oxc,
        test: {
          name: 'app',
          include: [ALL],
          exclude: REAL,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          ...timeouts,
        },
      },
      {
        oxc,
        test: { name: 'real', include: REAL, maxWorkers: 1, sequence: { groupOrder: 1 }, ...timeouts },
      },
    ],
  },
})
