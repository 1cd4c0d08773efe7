import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Apart, Ended } from './command.ts'

/** This program once more, with the same settings, as a process of its own. */
export const apart: Apart = (words, told) =>
  new Promise<Ended>((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1] as string, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    createInterface({ input: child.stderr }).on('line', (line) => {
      stderr += `${line}\n`
      told(line)
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
