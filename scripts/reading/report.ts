import { type Case, type File, readFile } from './case.ts'
import type { Door } from './door.ts'
import { judged, type Verdict } from './score.ts'
import { scored, type TextScore } from './texts.ts'

export type Named = { readonly name: string; readonly json: unknown }

export type Report = { readonly lines: readonly string[]; readonly passed: boolean }

/** The share of a kind that has to be right. */
const ENOUGH = 0.95

type Tried = { readonly kind: string; readonly one: Case; readonly verdict: Verdict }

/** Tries every case and every text of the files at the door. `shown` prints what failed, too. */
export function reported(files: readonly Named[], door: Door, shown: boolean): Report {
  const read = files.map(({ name, json }) => readFile(json, name))
  const tried = read.flatMap(({ kinds }) =>
    kinds.flatMap(({ kind, cases }) => cases.map((one) => ({ kind, one, verdict: tryCase(one, door) }))),
  )
  const texts = read
    .flatMap((file) => file.texts)
    .map((text) => {
      const { items, transcript } = answerOf(door, text.text, text.published)
      return scored({ ...text, text: transcript?.text ?? text.text }, items)
    })
  const kinds = [...new Set(tried.map(({ kind }) => kind))].map((kind) =>
    kindLine(
      kind,
      tried.filter((one) => one.kind === kind),
      shown,
    ),
  )
  const counts = texts.length > 0 ? [textLines(texts, shown)] : []
  const parts = [...kinds, ...counts]
  return {
    lines: [
      ...(kinds.length > 0 ? [HEAD] : []),
      ...parts.flatMap(({ lines }) => lines),
      ...elsewhereLine(read),
    ],
    // Files without a single case must not look like a success.
    passed: parts.length > 0 && parts.every(({ passed }) => passed),
  }
}

const answerOf = (door: Door, text: string, published: string | undefined) =>
  door(text, published === undefined ? {} : { published })

const tryCase = (one: Case, door: Door) => judged(one, answerOf(door, one.input, one.published).items)

const COLUMNS = ['cases', 'right', '%', 'inverted', 'ignored', 'flat', 'asks'] as const
const WIDTH = 42
const row = (name: string, cells: readonly (string | number)[]) =>
  name.slice(0, WIDTH).padEnd(WIDTH) + cells.map((cell) => String(cell).padStart(11)).join('')
const HEAD = row('kind', COLUMNS)

const percent = (part: number, whole: number) => (whole === 0 ? '–' : ((100 * part) / whole).toFixed(1))

function countsOf(verdicts: readonly Verdict[]) {
  const count = (is: (verdict: Verdict) => boolean) => verdicts.filter(is).length
  return {
    all: verdicts.length,
    right: count(({ right }) => right),
    inverted: count(({ inverted }) => inverted),
    ignored: count(({ ignored }) => ignored),
    flat: count(({ flat }) => flat),
    asks: count(({ asks }) => asks),
  }
}

function kindLine(kind: string, tried: readonly Tried[], shown: boolean): Report {
  const { all, right, inverted, ignored, flat, asks } = countsOf(tried.map(({ verdict }) => verdict))
  const failed = tried.filter(({ verdict: { right, inverted, ignored } }) => !right || inverted || ignored)
  return {
    lines: [
      row(kind, [all, right, percent(right, all), inverted, ignored, flat, asks]),
      ...(shown ? failed.flatMap(({ one, verdict }) => caseLines(one, verdict)) : []),
    ],
    passed: right >= ENOUGH * all && inverted === 0 && ignored === 0,
  }
}

const caseLines = ({ input, published, sentence, expect }: Case, verdict: Verdict) => [
  `  ${JSON.stringify(input)}${published ? `, ${published}` : ''}${sentence ? `, sentence ${sentence}` : ''}`,
  `    expected ${JSON.stringify(expect)}`,
  `    got      ${verdict.got}${verdict.inverted ? '; INVERTED' : ''}${verdict.ignored ? '; NUMBER IGNORED' : ''}`,
]

function textLines(texts: readonly TextScore[], shown: boolean): Report {
  const sum = (of: (text: TextScore) => readonly unknown[]) =>
    texts.reduce((total, text) => total + of(text).length, 0)
  const [hits, missed, wrong] = [sum((t) => t.hits), sum((t) => t.missed), sum((t) => t.wrong)]
  const { all, right, inverted, ignored, flat, asks } = countsOf(texts.flatMap(({ readings }) => readings))
  return {
    lines: [
      row('text', ['sentences', 'forecasts', 'found', 'wrong', 'precision', 'recall']),
      ...texts.flatMap((text) => oneText(text, shown)),
      row('all texts', [
        texts.reduce((total, { sentences }) => total + sentences, 0),
        hits + missed,
        hits,
        wrong,
        percent(hits, hits + wrong),
        percent(hits, hits + missed),
      ]),
      HEAD.replace('kind', 'read'),
      row('what the texts say', [all, right, percent(right, all), inverted, ignored, flat, asks]),
    ],
    passed: inverted === 0 && ignored === 0,
  }
}

function oneText({ title, sentences, hits, missed, wrong, readings }: TextScore, shown: boolean): string[] {
  const cells = [
    sentences,
    hits.length + missed.length,
    hits.length,
    wrong.length,
    percent(hits.length, hits.length + wrong.length),
    percent(hits.length, hits.length + missed.length),
  ]
  if (!shown) return [row(title, cells)]
  return [
    row(title, cells),
    ...missed.map((sentence) => `  missed ${JSON.stringify(sentence)}`),
    ...wrong.map((sentence) => `  wrong  ${JSON.stringify(sentence)}`),
    ...readings
      .filter(({ right }) => !right)
      .flatMap(({ sentence, ...verdict }) =>
        caseLines({ input: sentence.text, expect: sentence.expect ?? {} }, verdict),
      ),
  ]
}

function elsewhereLine(files: readonly File[]): string[] {
  const elsewhere = files
    .flatMap(({ kinds }) => kinds)
    .reduce((total, { elsewhere: some }) => total + some, 0)
  return elsewhere === 0 ? [] : [`Not tried here, being for other doors: ${elsewhere}.`]
}
