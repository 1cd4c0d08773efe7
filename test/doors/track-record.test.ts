import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import type { TrackRecord } from '../../src/scoring/track-record.ts'
import { commandOn } from '../support/command.ts'
import { drawing } from '../support/drawing.ts'
import { generatedAnalysts } from '../support/generated-analysts.ts'
import { generatedLedger, idOf } from '../support/generated-ledger.ts'

const ENTITIES: Record<string, string> = { quot: '"', amp: '&', '#39': "'", lt: '<', gt: '>' }
/** What a reader sees of a page, a picture or a terminal: the words in a row. */
const words = (text: string): string =>
  text
    .replaceAll(/<(script|style)\b.*?<\/\1>/gsu, ' ')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/&(quot|amp|#39|lt|gt);/gu, (_, name: string) => ENTITIES[name] as string)
    .replaceAll(/\s+/gu, ' ')

type Doors = {
  page: string
  described: string
  card: string
  embed: string
  command: string
  json: TrackRecord
}

let held: Awaited<ReturnType<typeof generatedLedger>>
const doors = new Map<string, Doors>()

async function openDoors(name: string): Promise<Doors> {
  const app = createApp(held.host)
  const command = commandOn({ RECKONING_DATABASE_URL: held.url }, held.host.now)
  const send = async (path: string) => {
    const answer = await app.request(`http://localhost${path}`)
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  const get = async (path: string) => {
    const { status, text } = await send(path)
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`)
    return text
  }
  const id = idOf(name)
  const page = await get(`/analysts/${id}`)
  const described = /<meta name="description" content="([^"]*)"/u.exec(page)?.[1] ?? ''
  return {
    page: words(page),
    described: words(described),
    card: words((await drawing({ host: held.host, send }, `/cards/analysts/${id}.png`)).drawn),
    embed: words(await get(`/embed/analysts/${id}`)),
    command: words((await command('track-record', id)).stdout),
    json: JSON.parse(await get(`/api/analysts/${id}/track-record`)),
  }
}

const names = generatedAnalysts().map(({ name }) => name)
beforeAll(async () => {
  held = await generatedLedger()
  for (const name of names) doors.set(name, await openDoors(name))
})
afterAll(() => held.close())

/** A sentence of a page, and what must be so of the document wherever it stands. */
type Rule = [says: RegExp, isSo: (record: TrackRecord, found: string[]) => boolean]

const below = (p: number | null): boolean => p !== null && p < 0.05
const range = ({ headline }: TrackRecord): [number, number] => headline?.interval ?? [0, 1]
const differing = ({ words: phrases, numbers }: TrackRecord, reading: 'less_often' | 'more_often'): boolean =>
  [...(phrases ?? []), ...(numbers ?? [])].some((row) => row.reading === reading && below(row.p_holm))
const upTo = (text: string): number => {
  const [, k = '', n = ''] = /(\d+) of ([\d,]+)/u.exec(text) ?? []
  return Number(k) / Number(n.replaceAll(',', ''))
}

const PROMISES: Rule[] = [
  [/Too few to tell whether .* word can be relied on/u, ({ finding }) => finding.rule === 'cannot_be_told'],
  [
    /word can be taken, to within 10 points in 100/u,
    ({ finding, claims }) =>
      finding.rule === 'fits' && claims.fits && finding.tests.every(({ p }) => p === null || p >= 0.05),
  ],
  [
    /(?:Less|More) of what .* predicts? comes true/u,
    ({ claims: { came_true, promised } }, [said]) =>
      said?.startsWith('Less') ? came_true < promised[0] : came_true > promised[1],
  ],
  [/it happens less often(?: than|:)/u, (record) => differing(record, 'less_often')],
  [/it happens more often(?: than|:)/u, (record) => differing(record, 'more_often')],
  [
    /expects? too (much|little) to happen/u,
    ({ tilt }, [, much]) => tilt?.direction === `expects_too_${much}`,
  ],
  [/What happened no longer fits/u, ({ monitor }) => monitor !== null && monitor.max >= 20],
  [/What happened has raised no alarm so far/u, ({ monitor }) => monitor !== null && monitor.max < 20],
  [/Checked after every decision/u, ({ monitor }) => monitor !== null],
  [/That is better than always saying 50/u, (record) => range(record)[1] < 0.25],
  [/That is worse than always saying 50/u, (record) => range(record)[0] > 0.25],
  [
    /That cannot be told from always saying 50/u,
    (record) => range(record)[0] <= 0.25 && range(record)[1] >= 0.25,
  ],
  [
    /The score is (\.\d+).*? over (\d+) numbers from/u,
    ({ headline }, [, score, n]) =>
      headline?.n === Number(n) && Math.abs(headline.brier - Number(score)) < 0.0051,
  ],
  [/No base rates are recorded/u, ({ reference, counts }) => reference === null && counts.referenced === 0],
  [/always giving the reference would have scored/u, ({ reference }) => reference !== null],
  [
    /Had (\d+) in 100 fewer come true/u,
    ({ claims }, [, points]) => Math.abs((claims.could_have_seen ?? 0) * 100 - Number(points)) < 0.5,
  ],
  [/On the kindest reading of the words/u, ({ claims }) => claims.promised[0] < claims.promised[1]],
  [
    /(\d+) of (\d+) came true\. On the/u,
    ({ claims }, [, k, n]) => claims.came_true === Number(k) && claims.n === Number(n),
  ],
  [/changes? of mind on (\d+) questions?/u, ({ revisions }, [, n]) => revisions?.n === Number(n)],
  [/in words that nobody measured/u, ({ counts }) => counts.unmeasured > 0],
  [
    /claims were hard to get wrong|was hard to get wrong/u,
    ({ claims }) => claims.without_low_information.n < claims.n,
  ],
  [/deadline of (\d+) claims is ours/u, ({ claims }, [, n]) => claims.deadline_ours.n === Number(n)],
  [/Of (\d+) passages in (\d+) sources/u, ({ checkable }, [, , n]) => checkable?.sources === Number(n)],
  [/The largest [\w ]+ holds \d+.% of these numbers/u, ({ headline }) => headline?.concentrated === true],
  [/called (\d+) things certain/u, ({ monitor }, [, n]) => monitor?.certain === Number(n)],
  [
    /Logged with hindsight: an illustration/u,
    ({ finding, counts }) => finding.rule === 'hindsight' && counts.afterwards > 0,
  ],
  [/the whole row of dots would stay inside the grey/u, ({ calibration }) => calibration?.band != null],
  [
    /a difference this large would turn up (in (?:fewer than|at most) [\d,]+ of [\d,]+)/u,
    ({ finding }, [, bound]) => finding.p_holm !== null && finding.p_holm <= upTo(bound as string) + 1e-12,
  ],
  [
    /None of the (\d+) comparisons on this page shows a difference/u,
    ({ finding }) => !finding.rule.endsWith('_differs'),
  ],
]
/** What no page says, whatever the record. */
const NEVER =
  /NaN|undefined|Infinity|\bnull\b|\b0 of 0 (?:came|claims)|\bpromised\b|\bleaned\b|\bagrees\b|\.00–1\.00|\((\.\d+)–\1\)/u

describe('thirty analysts in a ledger', () => {
  test.each(names)('%s: page, description, card, embed, command and JSON lead with one sentence', (name) => {
    const { json, ...faces } = doors.get(name) as Doors
    const sentence = words(json.finding.sentence)
    expect(json.lead.sentence).toBe(json.finding.sentence)
    const silent = Object.entries(faces).filter(([, text]) => !text.includes(sentence))
    expect(silent.map(([face, text]) => `${face} does not say “${sentence}”: ${text.slice(0, 300)}`)).toEqual(
      [],
    )
  })

  test.each(names)('%s: whatever the page and the command say is so of the document', (name) => {
    const { json, page, command } = doors.get(name) as Doors
    const wrong = [page, command].flatMap((text) =>
      PROMISES.flatMap(([says, isSo]) => {
        const found = says.exec(text)
        return found === null || isSo(json, [...found]) ? [] : [found[0]]
      }),
    )
    expect(wrong).toEqual([])
    for (const text of [page, command]) expect(NEVER.exec(text)?.[0]).toBeUndefined()
  })

  test('every sentence of the table above was met', () => {
    const texts = [...doors.values()].map(({ page }) => page)
    const unmet = PROMISES.filter(([says]) => !texts.some((text) => says.test(text)))
    expect(unmet.map(([says]) => says.source)).toEqual([])
  })
})
