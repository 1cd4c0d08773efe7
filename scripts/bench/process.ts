import { readdirSync, readFileSync } from 'node:fs'

const TICKS_A_SECOND = 100

/** A process and those that it started and that still run. */
function familyOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return [pid, ...children.flatMap(familyOf)]
}

/** Seconds of CPU that a process, its threads and its children have used. */
export const cpuSeconds = (pid: number): number =>
  familyOf(pid).reduce((sum, one) => {
    const fields = readFileSync(`/proc/${one}/stat`, 'utf8')
      .replace(/^.*\) /su, '')
      .split(' ')
    return sum + (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
  }, 0)

/** The most memory that a process, or a child of it, has held at once, in MB; one that has ended tells none. */
export const peakMb = (pid: number): number =>
  Math.max(
    ...familyOf(pid).map(
      (one) =>
        Number(/^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    ),
  )
