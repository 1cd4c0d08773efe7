import { describe, expect, test } from 'vitest'
import { drawRecord } from '../../src/cli/record-drawing.ts'
import { pictures } from '../../src/node/pictures.ts'
import { nothingChangesText } from '../../src/scoring/rule-text.ts'
import { sentencesOf } from '../../src/scoring/sentences.ts'
import { type RecordDocument, recordOf } from '../../src/store/documents/track-record.ts'
import { Lead } from '../../src/web/analyst/lead.tsx'
import { RecordParts } from '../../src/web/analyst/record.tsx'
import { notShown, notShownText } from '../../src/web/analyst/withheld.tsx'
import { PageDrawn } from '../../src/web/share/chart.tsx'
import { FramedRecord } from '../../src/web/share/embed.tsx'
import { leadOf } from '../../src/web/share/markup.ts'
import { AS_OF } from '../scoring/a-unit.ts'
import { generatedAnalysts } from '../support/generated-analysts.ts'

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" }
/** What is read: no tags, one blank between words. */
const read = (html: string) =>
  html
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/&(lt|gt|amp|quot|#39);/gu, (_, entity) => ENTITIES[entity] ?? '')
    .replaceAll(/[\s\u00a0]+/gu, ' ')
/** Of the page what is read before one opens anything: no pictures, no folds, nothing for statisticians. */
const open = (html: string) =>
  read(
    (html.split('<details class="statisticians">')[0] ?? '').replaceAll(/<(svg|details)\b.*?<\/\1>/gsu, ' '),
  )

const people = generatedAnalysts().map(({ name, what, units }) => {
  const statements = units.reduce((n, unit) => n + unit.statements.length, 0)
  const analyst = { id: name.toLowerCase().replaceAll(' ', '-'), name }
  const logged = {
    size: 1,
    logging: { statements, untestable: 0, duplicates: 0, sources: 0, complete: 0 },
    complete: { untestable: 0, duplicates: 0 },
  } as unknown as Parameters<typeof recordOf>[1]['logged']
  const record = recordOf(units, { analyst, logged, now: AS_OF }, { view: 'all', filter: {} })
  return { name, what, record }
})

const { type } = await pictures()
const page = (name: string, record: RecordDocument) =>
  String(
    <>
      <Lead lead={record.lead} />
      <RecordParts record={record} name={name} topics={[]} forecasts={null} />
    </>,
  )
const lead = (html: string, name: string) =>
  new RegExp(`<${name} class="lead">(.*?)</${name}>`, 'su').exec(html)?.[1]

describe.each(people)('$name: $what', ({ name, record }) => {
  const { sentence, numbers, how_sure } = record.lead

  test('page, frame, picture, command and document say the same sentence, whole', () => {
    expect(record.lead.sentence).toBe(sentence)
    expect(read(lead(page(name, record), 'p') ?? '').trim()).toBe(sentence)
    const frame = String(<FramedRecord name={name} record={record} />)
    expect(read(lead(frame, 'p') ?? '').trim()).toBe(sentence)
    const desk = { type, hidden: new Set<string>(), bold: new Set<string>(), lacks: false }
    const drawing = { heading: name, lead: leadOf(page(name, record)), figure: null }
    expect(read(String(<PageDrawn desk={desk} {...drawing} />)).trim()).toBe(`${name} ${sentence}`)
    const drawn = drawRecord({ width: 80, colour: false }, record).split('\n\n')[0] ?? ''
    expect(drawn.split('\n').slice(1).join(' ')).toContain(sentence)
    for (const text of [numbers, how_sure]) {
      if (text === null) continue
      expect(read(page(name, record))).toContain(text)
      expect(read(frame)).toContain(text)
      expect(drawRecord({ width: 80, colour: false }, record).replaceAll(/\s+/gu, ' ')).toContain(text)
    }
  })

  test('every sentence about the record is on its page and in the terminal, and no other part holds a broken number', () => {
    const html = page(name, record)
    const drawn = drawRecord({ width: 80, colour: false }, record).replaceAll(/\s+/gu, ' ')
    for (const [id, said] of Object.entries(sentencesOf(record, { name }))) {
      expect(read(html), id).toContain(said.replaceAll(/\s+/gu, ' '))
      // The picture of said against happened is on the page alone.
      if (id !== 'envelope') expect(drawn, id).toContain(said.replaceAll(/\s+/gu, ' '))
    }
    for (const text of [read(html), drawn])
      expect(/NaN|undefined|\bnull\b|Infinity|\[object/u.exec(text)?.[0]).toBeUndefined()
    expect(html).not.toMatch(/ style=/u)
  })

  test('what is not shown says why, and is shown nowhere', () => {
    const html = page(name, record)
    for (const part of notShown(record)) expect(read(html)).toContain(notShownText(part))
    // No part goes by its name in the document.
    expect(read(html)).not.toMatch(/ (?:claims|by_type|reference|calibration|tilt)\.\w|_score\b/u)
    const charts = {
      score: record.headline,
      words: record.words ?? (record.categorical.n === 0 ? null : record.categorical),
      numbers: record.numbers,
      checkable: record.checkable,
      years: record.over_time,
      calibration: record.calibration,
      records: record.claims.records,
    }
    for (const [id, part] of Object.entries(charts))
      expect([id, html.includes(`id="${id}"`)]).toEqual([id, part !== null])
  })

  test('a reader who opens nothing meets no n, G, p, promise, leaning or Brier but where the score is explained', () => {
    const text = open(page(name, record)).replace('The score (Brier) is', '')
    expect(/\b[nGp] [=<]|promise|\blean|Brier/u.exec(text)?.[0]).toBeUndefined()
  })

  test('the account of what was said adds up, down to the claims and the numbers that are scored', () => {
    for (const { from, out, stays } of record.funnel)
      expect(out.reduce((sum, { n }) => sum + n, stays)).toBe(from)
    const html = page(name, record)
    for (const { step, from, stays } of record.funnel)
      if (from > 0 && (step !== 'numbers' || stays > 0))
        expect(html).toContain(`<b>${stays.toLocaleString('en')}</b>`)
    const stays = Object.fromEntries(record.funnel.map((step) => [step.step, step.stays]))
    expect([stays.claims, stays.scored]).toEqual([record.claims.n, record.counts.scored])
    if (record.headline !== null) expect(stays.numbers).toBe(record.headline.n)
  })

  test('a row in colour is one that differs, and has a square a claim', () => {
    const told = [...(record.words ?? []), ...(record.numbers ?? [])].filter(({ n }) => n > 0)
    const rows = [...told, ...record.categorical.sides]
    const html = page(name, record)
    const differ = told.filter(({ reading }) => reading === 'less_often' || reading === 'more_often')
    expect(html.match(/class="counted-row differs"/gu)?.length ?? 0).toBe(differ.length)
    const squares = rows.filter(({ frame }) => frame.per_square === 1).reduce((sum, { n }) => sum + n, 0)
    const links = html.match(/<a href="\/forecasts\/[^"]*" tabindex=/gu)?.length ?? 0
    expect(links).toBe(squares)
  })
})

test('what a rule would have got right is told for one claim and for several, in advance and with hindsight', () => {
  const none = { n: 0, came_true: 0 }
  expect(nothingChangesText(null)).toEqual([])
  expect(nothingChangesText({ in_advance: { n: 1, came_true: 0 }, with_hindsight: none })).toEqual([
    '“Nothing changes” would have been wrong about the one claim for which it was recorded in advance.',
  ])
  expect(
    nothingChangesText({ in_advance: { n: 4, came_true: 3 }, with_hindsight: { n: 1, came_true: 1 } }),
  ).toEqual([
    '“Nothing changes” would have been right about 3 of the 4 claims for which it was recorded in advance.',
    '“Nothing changes” would have been right about the one claim for which it was recorded, though only with hindsight.',
  ])
})
