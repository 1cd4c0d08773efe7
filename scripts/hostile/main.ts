import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { anything, documented, nearlyValid } from './api.ts'
import { chunks, connections } from './connections.ts'
import { forms, pages } from './forms.ts'
import type { Kind } from './kind.ts'
import { openWorld, type World } from './world.ts'

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
  },
})

const SLOWEST_MS = 2_000
const AT_ONCE = 100
const SHOWN = 5
const seed = Number(values.seed)
const kinds: readonly Kind[] = [documented, nearlyValid, anything, forms, pages, connections, chunks]

type Tally = { name: string; sent: number; classes: number[]; slowest: number; breaches: string[] }

async function attack(world: World, kind: Kind): Promise<Tally> {
  const tally: Tally = { name: kind.name, sent: 0, classes: [0, 0, 0, 0, 0, 0], slowest: 0, breaches: [] }
  const requests = kind.requests(world)
  const send = async (some: unknown[]) => {
    while (some.length > 0)
      await Promise.all(some.splice(0, kind.together ?? 1).map((request) => one(world, kind, request, tally)))
  }
  await send([...((await kind.every?.(world, { short: values.short, seed })) ?? [])])
  const wanted = tally.sent + (values.short ? kind.short : kind.full)
  for (let batch = 0; tally.sent < wanted; batch++) {
    const numRuns = Math.min(AT_ONCE, wanted - tally.sent)
    await send(fc.sample(requests, { seed: seed * 10_007 + batch, numRuns }))
  }
  return tally
}

async function one(world: World, kind: Kind, request: unknown, tally: Tally): Promise<void> {
  const began = performance.now()
  const breach = await breachOf(world, kind, request, tally)
  const took = performance.now() - began
  tally.sent++
  tally.slowest = Math.max(tally.slowest, took)
  const slow = took > SLOWEST_MS ? `took ${Math.round(took)} ms` : null
  for (const what of [breach, slow])
    if (what !== null)
      tally.breaches.push(`${kind.name}, number ${tally.sent}: ${what}\n  ${JSON.stringify(request)}`)
}

async function breachOf(world: World, kind: Kind, request: unknown, tally: Tally): Promise<string | null> {
  const answer = await kind.send(world, request).catch((error: unknown) => error as Error)
  if (answer instanceof Error) return `failed: ${answer.stack}`
  const { status, text } = answer
  tally.classes[Math.floor(status / 100)] = (tally.classes[Math.floor(status / 100)] ?? 0) + 1
  if (status >= 500) return `answered ${status}: ${text.slice(0, 300)}`
  return kind.wrong(world, request, answer)
}

function table(tallies: readonly Tally[]): string {
  const rows = [
    ['kind', 'requests', '2xx', '3xx', '4xx', '5xx', 'closed', 'slowest', 'breaches'],
    ...tallies.map(({ name, sent, classes, slowest, breaches }) => [
      name,
      String(sent),
      ...[2, 3, 4, 5, 0].map((each) => String(classes[each] ?? 0)),
      `${Math.round(slowest)} ms`,
      String(breaches.length),
    ]),
  ]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

/** Each kind meets a ledger of its own: what others have logged, decided or thrown away would hide what it is for. */
async function attackAfresh(kind: Kind): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-hostile-'))
  const world = await openWorld(folder)
  try {
    return await attack(world, kind)
  } finally {
    await world.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const tallies: Tally[] = []
for (const kind of kinds) if (kind.name.includes(values.only)) tallies.push(await attackAfresh(kind))
const breaches = tallies.flatMap((tally) => tally.breaches)
const sent = tallies.reduce((sum, tally) => sum + tally.sent, 0)
for (const breach of breaches.slice(0, SHOWN)) process.stdout.write(`${breach.slice(0, 4_000)}\n\n`)
process.stdout.write(`${table(tallies)}\n\n`)
process.stdout.write(
  `hostile, seed ${seed}: ${sent} requests, ${breaches.length === 0 ? 'none' : breaches.length} of them answered wrongly, slowly or with 5xx\n`,
)
process.exit(breaches.length === 0 ? 0 : 1)
