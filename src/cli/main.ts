import { apart } from './apart.ts'
import { run } from './run.ts'

// Whoever reads only the beginning of what is printed is no reason to complain.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => new Date(),
  elapsed: () => performance.now(),
  apart,
})
