import type { Child } from 'hono/jsx'
import { notFound } from '../../core/error.ts'
import { bandOf } from '../../core/probability.ts'
import { scriptTag } from '../../core/script.ts'
import { transcriptCaveat } from '../../core/statement.ts'
import { readForecastItem } from '../../store/documents/forecast.ts'
import { type RecordDocument, readTrackRecord } from '../../store/documents/track-record.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { probabilityText } from '../ui/band.tsx'
import { dayText, spanText } from '../ui/date.tsx'
import type { PageHandler } from '../ui/page.ts'
import { languageText, translatorText } from '../ui/quote.tsx'
import { LOGGED, sentenceText, totalsText } from '../ui/record-words.ts'
import { itemVerdictText } from '../ui/verdict.tsx'
import { linesOf } from './text-lines.ts'

const WIDTH = 1200
const HEIGHT = 630
const EDGE = 80
const ROOM = WIDTH - 2 * EDGE
const [PAPER, INK, SOFT, LINE, ACCENT] = ['#fdfcf8', '#1d1c1a', '#5e5a52', '#8c867a', '#0f5f5c']
const SERIF = 'Charter, Cambria, Georgia, serif'
const SANS = 'system-ui, "Segoe UI", "Liberation Sans", sans-serif'
// What XML cannot carry although text may.
const UNFIT = /[\ufffe\uffff]/gu
const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u

const idOf = (file: string | undefined) => (file ?? '').replace(/\.svg$/u, '')

/** `/cards/forecasts/:id.svg`: a forecast as one picture. */
export const forecastCard: PageHandler = async ({ host, now, params }) => {
  const id = idOf(params.file)
  const item = await readForecastItem(host.ledger.db, id, now)
  if (item === null) throw notFound('forecast', id)
  return picture(<ForecastPicture item={item} now={now} />)
}

/** `/cards/analysts/:id.svg`: a track record as one picture. */
export const analystCard: PageHandler = async (context) => {
  const id = idOf(context.params.file)
  const record = await readTrackRecord(context.host.ledger.db, id, { now: context.now, simulate: false })
  if (record === null) throw notFound('analyst', id)
  return picture(<AnalystPicture name={record.analyst?.name ?? id} record={record} />)
}

const picture = (svg: Child) =>
  new Response(String(svg), { headers: { 'content-type': 'image/svg+xml; charset=utf-8' } })

type TextProps = {
  y: number
  size: number
  colour?: string
  serif?: boolean
  bold?: boolean
  /** Of the words, where it is known. */
  language?: string | undefined
  children: string
}

/** One line; it begins at the right where its script does. */
function Line({ y, size, colour = INK, serif = false, bold = false, language, children }: TextProps) {
  const turned = RIGHT_TO_LEFT.test(children)
  return (
    <text
      x={turned ? WIDTH - EDGE : EDGE}
      y={y}
      direction={turned ? 'rtl' : undefined}
      lang={language ?? scriptTag(children)}
      font-size={size}
      font-family={serif ? SERIF : SANS}
      font-weight={bold ? '700' : undefined}
      fill={colour}
    >
      {children.replaceAll(UNFIT, '')}
    </text>
  )
}

/** How large letters are, and how many lines of them there is room for. */
type Size = { size: number; most: number }
const sized = (size: number, most: number): Size => ({ size, most })

/** A text in the largest of some sizes in which it fits, and where it ends. */
function block(text: string, top: number, sizes: readonly Size[], props: Partial<TextProps>) {
  const room = props.bold === true ? ROOM * 0.88 : ROOM
  const fits = ({ size, most }: Size) => linesOf(text, room / size, most + 1).length <= most
  const { size, most } = sizes.find(fits) ?? (sizes.at(-1) as Size)
  const lines = linesOf(text, room / size, most)
  const step = Math.round(size * 1.3)
  return {
    end: top + lines.length * step,
    lines: lines.map((line, i) => (
      <Line {...props} y={top + size + i * step} size={size}>
        {line}
      </Line>
    )),
  }
}

const Frame = ({ label, kind, children }: { label: string; kind: string; children: Child }) => (
  <svg
    xmlns="http://www.w3.org/2000/svg"
    width={WIDTH}
    height={HEIGHT}
    viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    role="img"
    aria-label={label.replaceAll(UNFIT, '')}
  >
    <rect width={WIDTH} height={HEIGHT} fill={PAPER} />
    <rect width="14" height={HEIGHT} fill={ACCENT} />
    <Line y={76} size={30} serif bold>
      Reckoning
    </Line>
    <text x={WIDTH - EDGE} y="76" font-size="24" font-family={SANS} fill={SOFT} text-anchor="end">
      {kind}
    </text>
    {children}
  </svg>
)

const LABELS = { paraphrase: 'As reported: ', headline: 'Headline: ' } as const

/** Which words are shown, where they are in another language than the page or there are two of them. */
function shownText({ statement: { translation }, source: { language } }: ForecastItem): string {
  const from = language === undefined ? '' : ` from ${languageText(language)}`
  if (translation !== undefined) return ` · In translation${from}, by ${translatorText(translation)}`
  return language === undefined || language.startsWith('en') ? '' : ` · Original, ${languageText(language)}`
}

/** The sentence of a record is never cut off. */
const LEAD = [sized(44, 4), sized(36, 5), sized(30, 7), sized(24, 10)]

function ForecastPicture({ item, now }: { item: ForecastItem; now: Date }) {
  const { forecast, question, statement, analyst, source, logged } = item
  const { quote, translation } = statement
  const own = statement.voice === 'quote' && translation === undefined
  const label = own || statement.voice === 'quote' ? '' : LABELS[statement.voice as keyof typeof LABELS]
  const exact = translation?.text ?? quote.exact
  const said = own ? `“${exact}”` : `${label}${exact}`
  const words = block(said, 110, [sized(60, 3), sized(48, 4), sized(36, 5)], {
    serif: own,
    language: source.language,
  })
  const heard = transcriptCaveat(statement, source)
  const by = `${analyst.name}, ${source.publisher ?? source.title}, ${spanText(forecast.record.said_on).replaceAll(' ', '\u00a0')}${shownText(item)}`
  const byline = block(by, words.end + 12, [sized(28, 1), sized(24, 2)], { colour: SOFT })
  const ours = block(`Our question: ${question.record.title}`, 440, [sized(30, 2)], { bold: true })
  const standing =
    forecast.retraction === null
      ? [
          ...(heard === null ? [] : [heard]),
          itemVerdictText(item, now),
          ...(question.disputed ? ['disputed'] : []),
          LOGGED[logged],
        ].join(' · ')
      : 'Retracted: logged by mistake'
  const stands = block(standing, HEIGHT - 58, [sized(26, 1), sized(22, 1), sized(17, 2)], {
    colour: ACCENT,
    bold: true,
  })
  return (
    <Frame label={`${by}: ${said}`} kind="A forecast, and what happened">
      {words.lines}
      {byline.lines}
      <line x1={EDGE} x2={WIDTH - EDGE} y1="424" y2="424" stroke={LINE} stroke-opacity=".5" />
      {ours.lines}
      <Reading item={item} />
      {stands.lines}
    </Frame>
  )
}

const SCALE = 300

function Reading({ item: { forecast, statement } }: { item: ForecastItem }) {
  const { probability } = forecast.record
  const band = bandOf(probability)
  const y = HEIGHT - 84
  const x = (p: number) => EDGE + p * SCALE
  const [text = ''] = linesOf(
    probabilityText(probability, statement.voice),
    (band === null ? ROOM : ROOM - SCALE - 30) / 26,
    1,
  )
  return (
    <>
      {band === null ? null : (
        <>
          <line x1={x(0)} x2={x(1)} y1={y} y2={y} stroke={LINE} stroke-width="3" />
          <line x1={x(0.5)} x2={x(0.5)} y1={y - 10} y2={y + 10} stroke={LINE} stroke-width="2" />
          <rect
            x={x(band.low)}
            width={Math.max(4, (band.high - band.low) * SCALE)}
            y={y - 10}
            height="20"
            rx="4"
            fill={ACCENT}
            fill-opacity=".35"
          />
          <rect x={x(band.mid) - 3} width="6" y={y - 16} height="32" fill={ACCENT} />
        </>
      )}
      <text
        x={band === null ? EDGE : EDGE + SCALE + 30}
        y={y + 9}
        font-size="26"
        font-family={SANS}
        fill={SOFT}
      >
        {text.replaceAll(UNFIT, '')}
      </text>
    </>
  )
}

/** A record as one picture: the sentence whole, and how sure it is where there is room. */
export function AnalystPicture({ name, record }: { name: string; record: RecordDocument }) {
  const { sentence, how_sure } = record.finding
  const who = block(name, 110, [sized(64, 1), sized(46, 2)], { serif: true, bold: true })
  const lead = block(sentenceText(sentence), who.end + 16, LEAD, { serif: true })
  const sums = block(totalsText(record), HEIGHT - 68, [sized(26, 1), sized(24, 1), sized(22, 1)], {
    colour: SOFT,
  })
  const sure = block(
    how_sure === null ? '' : sentenceText(how_sure),
    lead.end + 14,
    [sized(26, 2), sized(22, 3)],
    {
      colour: SOFT,
    },
  )
  return (
    <Frame label={`${name}: ${sentence}`} kind={`A track record, ${dayText(record.as_of.slice(0, 10))}`}>
      {who.lines}
      {lead.lines}
      {how_sure === null || sure.end > HEIGHT - 76 ? null : sure.lines}
      {sums.lines}
    </Frame>
  )
}
