import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { randomNumbers } from '../../src/scoring/random.ts'
import { folder } from './afterwards.ts'

/** Four forecasts on each question, by five hundred people, as a spreadsheet that grew over the years. */
export type Table = { path: string; rows: number; bytes: number }

const PEOPLE = 500
const AT_ONCE = 2_000

/** Writes a table of so many rows, each with a remark that nobody takes, so that it has about so many bytes. */
export async function tableOf(rows: number, bytesEach: number): Promise<Table> {
  const path = join(folder(), 'invented-harbours.csv')
  const chance = randomNumbers([1, 7, 1, 7])
  const outcomes = Array.from({ length: Math.ceil(rows / 4) }, () => Number(chance() < 0.5))
  const file = createWriteStream(path)
  file.write('who,event,p,outcome,said,due,known,remark\n')
  for (let from = 0; from < rows; from += AT_ONCE) {
    let text = ''
    for (let i = from; i < Math.min(rows, from + AT_ONCE); i++) {
      // Neighbours in the file are seldom on one question.
      const question = i % outcomes.length
      const [day, p] = [1 + Math.floor(i / outcomes.length), (1 + Math.floor(98 * chance())) / 100]
      const row = `Invented Person ${Math.floor(chance() * PEOPLE)},The invented harbour number ${question} is opened to all ships in its year,${p},${outcomes[question]},2021-01-0${day},2021-12-31,2021-12-31,`
      text += `${row.padEnd(bytesEach - 1, 'an invented remark ')}\n`
    }
    if (!file.write(text)) await once(file, 'drain')
  }
  file.end()
  await finished(file)
  return { path, rows, bytes: file.bytesWritten }
}

/** Said by the command itself when it ends, in kB. */
const PEAK = 'peak of memory: '
const TELLS_PEAK = `data:text/javascript,import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(2, '${PEAK}' + process.resourceUsage().maxRSS + '\\n'))`

/** Imports the table with the command, as anybody would: how long it took, and the most memory that it held. */
export async function imported({
  path,
  rows,
}: Table): Promise<{ place: string; ms: number; peakMb: number }> {
  const place = folder()
  const began = performance.now()
  const command = spawn(
    process.execPath,
    [
      '--import',
      TELLS_PEAK,
      resolve('scripts/reckon.js'),
      ...['import', path, '--url', 'https://harbours.example', '--title', '{event}', '--json'],
      ...['--map', 'analyst=who,probability=p,outcome=outcome,said=said,deadline=due,known_on=known'],
    ],
    { env: { ...process.env, RECKONING_DATABASE_URL: `file:${join(place, 'reckoning.db')}` } },
  )
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    command[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
    })
  const status = await new Promise((ended) => command.once('close', ended))
  const ms = performance.now() - began
  if (status !== 0) throw new Error(`reckon import ended with ${status}: ${said.stdout}${said.stderr}`)
  const { recorded } = JSON.parse(said.stdout) as { recorded: Record<string, number> }
  if (recorded.forecast !== rows) throw new Error(`${recorded.forecast} of ${rows} forecasts were recorded`)
  const peak = Number(said.stderr.slice(said.stderr.lastIndexOf(PEAK) + PEAK.length))
  return { place, ms, peakMb: peak / 1024 }
}
