import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { changedFields } from '../../src/core/corrected.ts'
import { LEXICON } from '../../src/reading/english/lexicon.ts'
import type { AnalystFigures, Pairs } from '../../src/scoring/analysts-document.ts'
import type { Comparison } from '../../src/scoring/comparison.ts'
import { brierText, rangeText } from '../../src/scoring/figure-text.ts'
import { rowText } from '../../src/scoring/finding.ts'
import { sentencesOf } from '../../src/scoring/sentences.ts'
import type { RecordDocument } from '../../src/store/documents/track-record.ts'
import { notShown, notShownText } from '../../src/web/analyst/withheld.tsx'
import { bibtexOf, cslOf } from '../../src/web/share/cite.tsx'
import { INVENTED, importWorkedExample, inventedLedger } from '../support/invented.ts'
import type { TestLedger } from '../support/ledger.ts'
import { MARKUP, recordRare } from '../support/rare.ts'

let held: TestLedger & { close: () => Promise<void> }
let rare: Awaited<ReturnType<typeof recordRare>>
beforeAll(async () => {
  held = await inventedLedger()
  rare = await recordRare(held)
  await importWorkedExample(held)
})
afterAll(async () => {
  await held.close()
})

const send = (path: string) => createApp(held.host).request(`http://localhost${path}`)
const html = async (path: string) => {
  const answer = await send(path)
  expect(answer.status, path).toBe(200)
  return answer.text()
}
const json = async <T>(path: string) => (await (await send(path)).json()) as T

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
}
/** What a reader reads: no tags, one blank between words. */
const read = (page: string) =>
  page
    .replaceAll(/<(?:svg|style|script)[^>]*>.*?<\/(?:svg|style|script)>/gsu, ' ')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/&(?:lt|gt|amp|quot|#39);/gu, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/[\s\u00a0]+/gu, ' ')
    .replaceAll(/ ([.,;:)])(?= |$)/gu, '$1')
const text = async (path: string) => read(await html(path))
const part = (page: string, heading: string) => {
  const from = page.indexOf(`>${heading}</h2>`)
  const end = page.indexOf('<h2', from)
  return from === -1 ? '' : read(page.slice(from + 1, end === -1 ? undefined : end))
}
const SOURCE = '2024-04-alphanews-kalachev'

describe('the worked example', () => {
  test('the source page says what became of its 16 claims', async () => {
    const page = await text(`/sources/${SOURCE}`)
    expect(page).toContain('4 forecasts, 3 said twice, 9 with nothing to check.')
    expect(page).toContain('16 claims → 4 to check → 3 decided → 2 could have gone otherwise')
    expect(page).toContain('Read from end to end')
    expect(page).toContain('1–8 Apr 2024, by us, because: The page carries no date.')
  })

  test('each claim stands in its order with its fate, and only the speaker’s words in quotation marks', async () => {
    const page = await html(`/sources/${SOURCE}`)
    const claims = page.split('<li id="').slice(1)
    expect(claims).toHaveLength(16)
    const fates = claims.map(
      (claim) => /<b>(Came true|Said twice|Nothing to check:)|no result: the condition/u.exec(claim)?.[0],
    )
    expect(fates.filter((fate) => fate === '<b>Came true')).toHaveLength(3)
    expect(fates.filter((fate) => fate?.startsWith('no result'))).toHaveLength(1)
    expect(fates.filter((fate) => fate === '<b>Said twice')).toHaveLength(3)
    expect(fates.filter((fate) => fate === '<b>Nothing to check:')).toHaveLength(9)
    const passageOf = (id: string) =>
      /<div class="passage">(.*?)<\/div>/su.exec(
        claims.find((claim) => claim.startsWith(`${SOURCE}_${id}"`)) ?? '',
      )?.[1] ?? ''
    expect(passageOf('headline-not-ready')).not.toContain('<q')
    expect(read(passageOf('headline-not-ready'))).toContain('headline')
    expect(passageOf('reported-not-ready')).not.toContain('<q')
    expect(read(passageOf('reported-not-ready'))).toContain('as reported')
    expect(passageOf('new-war')).toContain('<q')
    expect(page).toContain(`href="#${SOURCE}_serious-escalation"`)
  })

  test('the analyst page claims no more than three decided claims can carry', async () => {
    const page = await text('/analysts/konstantin-kalachev')
    expect(page).toContain(
      'Logged with hindsight: an illustration. 3 of 3 claims came true, from one interview about one subject (armenia-azerbaijan-conflict); what is said in one interview stands and falls together. How sure? Whoever logged this could know how it ended, and so could choose what to log. Had each been as likely as not, all 3 would have come true in 1 of 2 such records.',
    )
    expect(page).toContain('3 of 3 came true: how else could it have gone?')
    expect(page).toContain('1 of the 3 claims was hard to get wrong; without it 2 of 2 came true')
    expect(page).toContain(
      '“Nothing changes” would have been right about 3 of the 3 claims for which it was recorded, though only with hindsight.',
    )
    expect(page).toContain('Konstantin Kalachev gave no numbers, so there is no score.')
    expect(page).toMatch(
      /Of 13 passages in .* read from end to end, not counting 3 said again, 3 can be checked/u,
    )
    expect(page).toContain('1 of 1 source was read from end to end')
    expect(page).toContain('Without those hard to get wrong 2 1 2 1.71 to 1.99')
    expect(page).toContain('no result: the condition never arose')
    expect(page).toContain(
      '16 statements − 9 not testable − 3 said twice in one source 4 forecasts, each question once − 1 whose condition never arose 3 decided, counted, on questions of yes or no, came true or did not',
    )
    expect(page).not.toContain('The score is')
    const live = await text('/analysts/konstantin-kalachev?logged=live')
    expect(live).toContain('4 forecasts by Konstantin Kalachev are logged, none of them live')
    expect(live).not.toContain('3 of 3')
  })

  test('a forecast page tells four layers apart, each with its by-line; only the first is quoted', async () => {
    const page = await html(`/forecasts/${SOURCE}_new-war`)
    const layers = page.split('<section class="layer layer-').slice(1)
    expect(layers.map((layer) => read(/<h2.*?<\/h2>/su.exec(layer)?.[0] ?? ''))).toEqual([
      ' 1 Said ',
      ' 2 Our question ',
      ' 3 Our reading of the words ',
      ' 4 What happened ',
    ])
    const [said, question, reading, happened] = layers.map((layer) => layer.split('</div><h2')[0] ?? '')
    expect(read(/<h1.*?<\/h1>/su.exec(page)?.[0] ?? '')).toContain(
      'If escalation means a new war, then no, there will be no war',
    )
    expect(page).toMatch(/<h1 class="quoted[^>]*><q>/u)
    expect(read(said ?? '')).toContain('Konstantin Kalachev, Alpha News, 1–8 Apr 2024')
    expect(read(said ?? '')).toContain('unchecked')
    for (const other of [question, reading, happened]) expect(other).not.toMatch(/<q[ >]|<blockquote/u)
    expect(read(question ?? '')).toMatch(/Written by .* on 22 Nov 2026, 10:00 UTC, knowing the outcome/u)
    expect(read(question ?? '')).toContain(
      'The date is ours, because: No horizon was given; house rule of 12 months.',
    )
    expect(read(question ?? '')).toContain('8 Apr 2025 Asia/Yerevan')
    expect(read(reading ?? '')).toContain('assumed, nobody has measured it')
    expect(read(happened ?? '')).toContain('No new war began')
    expect(read(happened ?? '')).toContain('confirmed by the same person')
    expect(page).not.toContain('resolved no')
    expect(read(page)).toContain('written down after the outcome was known')
  })

  test('a reading names the lexicon, and says where nobody has measured the phrase', async () => {
    const page = await text(`/forecasts/${SOURCE}_serious-escalation`)
    expect(page).toContain('by no means [1–20 %]')
    expect(page).toContain('Nobody has measured this phrase: the band is assumed.')
    expect(page).toContain('Lexicon 0.3')
  })

  test('a condition that never arose is no failure', async () => {
    const page = await text(`/forecasts/${SOURCE}_no-interference`)
    expect(page).toContain('no result: the condition never arose')
    expect(page).toContain('Not scored: the condition never arose.')
    expect(page).not.toMatch(/was wrong|failed/iu)
  })

  test('a question shows its ladder, its voices over time and every entry of its history', async () => {
    const page = await html(`/questions/${SOURCE}_new-war`)
    expect(part(page, 'Related questions')).toContain(
      'A fatal incident between Azerbaijani and Armenian forces occurs',
    )
    const history = part(page, 'History')
    for (const sentence of [
      'The question was written.',
      'The forecast by Konstantin Kalachev was logged.',
      'The outcome no was proposed (r1).',
      'Resolution r1 was confirmed',
    ])
      expect(history).toContain(sentence)
    expect(part(page, '1 of 1 forecast came true; the outcome is not final yet')).toContain(
      'Konstantin Kalachev 1–8 Apr 2024 said flatly: no [0–9 %] Came true · no new war began',
    )
    // The picture says the same, with the quote and the outlet, and leads to the forecast.
    expect(page).toMatch(
      new RegExp(
        `<a class="[^"]*came-true" href="/forecasts/${SOURCE}_new-war" tabindex="0"><title>Konstantin Kalachev, Alpha News, 1–8 Apr 2024: “If escalation`,
        'u',
      ),
    )
    expect(page).toContain('deadline 8 Apr 2025')
  })
})

describe.each(Object.entries(INVENTED))('the page of the analyst who is %s', (_, id) => {
  test('agrees with the document of the API, live and all', async () => {
    for (const logged of ['live', 'all']) {
      const record = await json<RecordDocument>(`/api/analysts/${id}/track-record?logged=${logged}`)
      const page = await text(`/analysts/${id}?logged=${logged}`)
      expect(record.lead.sentence).toBe(record.finding.sentence)
      // The API gives a long record's forecasts in parts, and the next deadline stands in one of them.
      const whole = record.forecasts.length === record.counts.forecasts + record.counts.retracted
      for (const sentence of whole
        ? Object.values(sentencesOf(record, { name: record.analyst?.name ?? null }))
        : [])
        expect(page).toContain(sentence.replaceAll(/\s+/gu, ' '))
      const { claims, headline, words, numbers } = record
      if (claims.n > 0) expect(page).toContain(`${claims.came_true} of ${claims.n} came true`)
      if (headline !== null) {
        expect(page).toContain(
          `Score ${brierText(headline.brier, headline.n)} 95 % range ${rangeText(headline.interval)}`,
        )
        expect(page).toContain(`n = ${headline.n} stated probabilities, G = ${headline.clusters} independent`)
      }
      for (const row of words ?? [])
        expect(page).toContain(`${row.key.replaceAll('_', ' ')} ${row.n} ${row.clusters} ${row.happened} `)
      for (const row of (numbers ?? []).filter(({ n }) => n > 0))
        expect(page).toContain(`${rowText(row)} ${row.n} ${row.clusters} ${row.happened} `)
      for (const part of notShown(record)) expect(page).toContain(notShownText(part))
    }
  })

  test('is led by one sentence: page, description, frame, picture and API', async () => {
    const page = await html(`/analysts/${id}`)
    const lead = read(/<p class="lead">(.*?)<\/p>/su.exec(page)?.[1] ?? '').trim()
    const description = read(/<meta name="description" content="([^"]*)"/u.exec(page)?.[1] ?? '')
    expect(description.startsWith(lead)).toBe(true)
    expect(await text(`/embed/analysts/${id}`)).toContain(lead)
    expect((await json<RecordDocument>(`/api/analysts/${id}/track-record`)).lead.sentence).toBe(lead)
  })

  test('never says a forecast was wrong, and prints no broken number', async () => {
    const page = await html(`/analysts/${id}`)
    expect(/was wrong|NaN|undefined|\bnull\b|Infinity|\bcoin\b/u.exec(read(page))?.[0]).toBe(undefined)
    expect(/ style=/u.test(page)).toBe(false)
  })
})

describe('records that differ', () => {
  test('who overstates is told from chance, who does not is not', async () => {
    const ada = await text(`/analysts/${INVENTED.overconfident}`)
    expect(ada).toMatch(
      /Less of what Ada Overton \(invented\) predicts comes true than .* says: \d+ of \d+, where at/u,
    )
    expect(ada).toMatch(/a gap this large would turn up in at most \d+ of 1,000 such records/u)
    expect(ada).toMatch(/Z \d\.\d+ Spiegelhalter’s/u)
    expect(await text(`/analysts/${INVENTED.calibrated}`)).toContain(
      'word can be taken, to within 10 points in 100',
    )
  })

  test('who only uses words has a page as complete: claims, flat claims, words, score range, every square', async () => {
    const page = await html(`/analysts/${INVENTED.words}`)
    expect(read(page)).toContain('gave no numbers, so there is no score.')
    expect(read(page)).toContain('too vague to be wrong')
    expect(read(page)).toMatch(/Said flatly, as “it will happen” \d+ \d+ \d+ —/u)
    expect(read(page)).toContain('“almost no chance” happened more often than readers hear')
    for (const chart of ['records', 'readings', 'checkable'])
      expect(page).toContain(`aria-labelledby="${chart}-title ${chart}-says"`)
    const record = await json<RecordDocument>(`/api/analysts/${INVENTED.words}/track-record?logged=live`)
    const squares = page.match(/<a href="\/forecasts\/[^"]*" tabindex="/gu)?.length
    const drawn = [...(record.words ?? []), ...record.categorical.sides]
    expect(squares).toBe(drawn.reduce((sum, { n }) => sum + n, 0))
  })

  test('who has too few gets no average but a picture, and nothing decided is said so', async () => {
    const few = await html(`/analysts/${INVENTED.few}`)
    expect(read(few)).toContain('2 of 3 claims came true: too few claims to say more.')
    expect(read(few)).toContain('3 numbers: too few for a score.')
    expect(few).toContain('aria-labelledby="records-title records-says"')
    const none = await html(`/analysts/${INVENTED.new}`)
    expect(read(none)).toContain('No forecast by Eve Farrow (invented) is scored: 1 is open')
    expect(read(none)).toContain('Every figure of a record: nothing is scored yet.')
    expect(none).not.toContain('class="chart records"')
  })

  test('a topic narrows the whole record, and a topic that is none is refused', async () => {
    const record = await json<RecordDocument>(
      `/api/analysts/${INVENTED.calibrated}/track-record?tag=economy&logged=live`,
    )
    expect(await text(`/analysts/${INVENTED.calibrated}?tag=economy`)).toContain(record.lead.sentence)
    expect((await send(`/analysts/${INVENTED.calibrated}?tag=No%20Tag`)).status).toBe(400)
    expect((await send('/analysts/nobody')).status).toBe(404)
  })

  test('analysts stand by name or by how much was decided or can be checked, and only what is live counts', async () => {
    const idsIn = (page: string) =>
      [...page.matchAll(/<a href="\/analysts\/([^"]+)" tabindex=/gu)].map(([, id]) => id as string)
    const page = await html('/analysts')
    const names = [...Object.values(INVENTED), 'konstantin-kalachev', 'zoe-i-quinn-i']
    expect(idsIn(page)).toEqual(names)
    expect(read(page)).toMatch(/Konstantin Kalachev 4 forecasts, 0 in time 0 — — — \d/u)
    const { figures } = await json<{ figures: AnalystFigures[] }>('/api/analysts')
    expect(figures.map(({ id }) => id)).toEqual(names)
    for (const { claims } of figures)
      if (claims.n > 0) expect(page).toContain(`${claims.came_true} of ${claims.n} came true`)
    const byClaims = idsIn(await html('/analysts?by=claims'))
    const n = (id: string) => figures.find((line) => line.id === id)?.claims.n ?? 0
    expect(byClaims.map(n)).toEqual(names.map(n).sort((a, b) => b - a))
    expect([...idsIn(await html('/analysts?by=checkable'))].sort()).toEqual([...names].sort())
    // There is no order by score.
    expect((await send('/analysts?by=score')).status).toBe(400)
  })

  test('the list and the comparison say the same of two, in words for everybody and in figures below', async () => {
    const { pairs } = await json<{ pairs: Pairs }>('/api/analysts')
    const list = await text('/analysts')
    for (const { a, b, sentence } of [...pairs.told_apart, ...pairs.points_to]) {
      expect(list).toContain(sentence)
      expect(await text(`/compare?analysts=${a},${b}`)).toContain(sentence)
    }
    const pair = `${INVENTED.overconfident},${INVENTED.calibrated}`
    const both = await text(`/compare?analysts=${pair}`)
    const api = await json<Comparison>(`/api/compare?analysts=${pair}`)
    expect(both).toContain(api.verdict)
    expect(both).toContain(api.earlier)
    expect(both).toContain(`${api.common} common questions`)
    expect(both).not.toMatch(/Brier|Promised|\bn = |\bG = /u)
    const words = await text(`/compare?analysts=${INVENTED.calibrated}&analysts=${INVENTED.words}`)
    expect(words).toContain('over every reading of the words')
    expect(await text(`/compare?analysts=${INVENTED.new},${INVENTED.words}`)).toContain(
      'have no decided question in common.',
    )
    expect((await send('/compare?analysts=a,b,c')).status).toBe(400)
    expect((await send(`/compare?analysts=${INVENTED.new},${INVENTED.new}`)).status).toBe(400)
    expect((await send(`/compare?analysts=${INVENTED.new},nobody`)).status).toBe(404)
    expect((await send('/compare')).status).toBe(200)
  })

  test('a rule may be compared, and stands in no list of people', async () => {
    expect(await html('/analysts')).not.toMatch(/<th scope="row">[^/]*rule/u)
    const { items } = await json<{ items: { id: string }[] }>('/api/analysts')
    expect(items.some(({ id }) => id.startsWith('rule:'))).toBe(false)
    const page = await html(`/compare?analysts=${INVENTED.calibrated},rule:base-rate`)
    expect(read(page)).toContain('“The base rate” (a rule)')
    expect(page).not.toContain('href="/analysts/rule')
  })
})

describe('rare states', () => {
  test('an amendment shows what changed and why; a disputed resolution says so beside every figure', async () => {
    const page = await html(`/questions/${rare.first.question}`)
    expect(page).toContain('The bridge is open to <del>traffic.</del><ins>cars and to lorries.</ins>')
    expect(read(page)).toContain('because: The first wording left open which traffic.')
    expect(read(page)).toContain('Resolution r1 was disputed: Lorries were not let through.')
    expect(read(page)).toContain('A correction is proposed: no.')
    const forecast = await text(`/forecasts/${rare.second.id}`)
    expect(forecast).toMatch(/Score \.\d\d–\.\d\d .* disputed/u)
    expect(await text('/analysts/zoe-i-quinn-i')).toContain('1 disputed')
    // What leaves the page says it, too.
    expect(await html(`/forecasts/${rare.second.id}`)).toMatch(
      /<meta name="description" content="[^"]* · disputed\. /u,
    )
    expect(read(page)).toMatch(/\d of \d forecasts? came true; the outcome is disputed/u)
  })

  test('the ledger says why a question was annulled', async () => {
    const page = await text('/ledger?state=annulled')
    expect(page).toContain('no result: the condition never arose')
    expect(page).toContain('no result: it became moot')
  })

  test('what was retracted is struck through, what was withdrawn is dated, neither is hidden', async () => {
    const mistaken = await html(`/forecasts/${rare.mistaken.id}`)
    expect(mistaken).toContain('class="layers struck"')
    expect(read(mistaken)).toContain('Retracted: logged by mistake')
    expect(read(mistaken)).not.toContain('Score .')
    expect(await text(`/forecasts/${rare.third.id}`)).toContain(
      'Withdrawn by the analyst on 12 Nov 2026: Said to have been misquoted.',
    )
    const labels = await text(`/questions/${rare.first.question}`)
    expect(labels).toContain('withdrawn')
    expect(labels).toContain('retracted')
  })

  test('a number that a reporter passed on is neither quoted nor stated; a translation names its translator', async () => {
    const page = await html(`/forecasts/${rare.third.id}`)
    expect(page).not.toContain('<blockquote')
    expect(read(page)).toContain('33 %, as reported')
    expect(read(page)).toContain('it counts as worded')
    expect(read(page)).toContain('From French by Nora Hale: the words are the translator’s.')
  })

  test('a quote that was found in the text stands in its context and is not marked unchecked', async () => {
    const page = await html(`/forecasts/${rare.first.id}`)
    expect(read(page)).toContain('…I think it is likely that the bridge opens on time. After…')
    expect(read(page)).not.toContain('unchecked')
    expect(page).toContain('#:~:text=it%20is%20likely%20that%20the%20bridge%20opens%20on%20time')
  })

  test('revisions of one analyst stand together', async () => {
    const page = await html(`/forecasts/${rare.first.id}`)
    expect(part(page, 'Said again later')).toContain('40–60 %, stated range')
  })

  test('a vague phrase and a question of several options are shown as what they are', async () => {
    expect(await text(`/forecasts/${rare.vague.id}`)).toContain('too vague to be wrong')
    expect(await html(`/forecasts/${rare.vague.id}`)).toContain('lang="ar" dir="rtl">قد يحدث ذلك</bdi>')
    expect(await text(`/forecasts/${rare.options.id}`)).toContain('north: 60 % · south: 30 % · neither: 10 %')
  })

  test('markup in any field stands as text', async () => {
    for (const path of [
      `/questions/${rare.first.question}`,
      `/forecasts/${rare.first.id}`,
      '/analysts/zoe-i-quinn-i',
      '/analysts',
      '/sources',
    ])
      expect(await html(path)).not.toMatch(/<script>alert|<i>Quinn|<b>bold/u)
    expect(await text(`/forecasts/${rare.first.id}`)).toContain(MARKUP)
  })
})

test('every page is small enough: 60 kB of HTML compressed', async () => {
  const paths = [
    `/analysts/${INVENTED.overconfident}`,
    `/compare?analysts=${INVENTED.overconfident},${INVENTED.calibrated}`,
    '/methods',
    `/sources/${SOURCE}`,
  ]
  for (const path of paths) {
    const body = new Blob([await html(path)]).stream().pipeThrough(new CompressionStream('gzip'))
    expect((await new Response(body).arrayBuffer()).byteLength, path).toBeLessThan(60_000)
  }
})

test('the methods page shows every phrase of the lexicon with its band, and says which devices are ours', async () => {
  const page = await html('/methods')
  for (const { key } of LEXICON.defaults)
    expect(page).toContain(`<bdi dir="auto">${key.replaceAll('_', ' ')}</bdi>`)
  expect(read(page)).toContain('The range of the mean our own device')
  expect(read(page)).toContain('will not · 0–9 % · assumed'.slice(0, 8))
  for (const source of Object.values(LEXICON.sources)) expect(read(page)).toContain(source.cite.slice(0, 40))
})

test('a citation is safe in BibTeX and whole in CSL', () => {
  const citation = {
    id: 'a_b',
    title: '“Up 5 % {x} \\y” (Zoé & Co, 1–8 Apr 2024)',
    url: 'https://example.com/forecasts/a_b',
    written: '2026-11-20',
    entry: 33,
    note: 'Said in: R&D.',
    accessed: '2026-11-22',
  }
  expect(bibtexOf(citation)).toContain(
    'title = {{“Up 5 \\% x \\textbackslash{}y” (Zoé \\& Co, 1–8 Apr 2024)}}',
  )
  expect(bibtexOf(citation)).toContain('author = {{Reckoning}}')
  expect(JSON.parse(cslOf(citation))[0]).toMatchObject({
    title: '“Up 5 % {x} \\y” (Zoé & Co, 1–8 Apr 2024)',
    author: [{ literal: 'Reckoning' }],
    number: '33',
    issued: { 'date-parts': [[2026, 11, 20]] },
  })
})

test('an amendment is told field by field, and nothing else', () => {
  const before = { id: 'q', title: 'a', criteria: 'b', deadline: { date: '2026-01-01', time_zone: 'UTC' } }
  expect(
    changedFields(before, { ...before, deadline: { date: '2026-02-01', time_zone: 'UTC' }, tags: ['x'] }),
  ).toEqual([
    { field: 'Deadline', from: 'date: 2026-01-01; time zone: UTC', to: 'date: 2026-02-01; time zone: UTC' },
    { field: 'tags', from: null, to: 'x' },
  ])
})
