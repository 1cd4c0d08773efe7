import { notFound } from '../../core/error.ts'
import { bandOf } from '../../core/probability.ts'
import { transcriptCaveat } from '../../core/statement.ts'
import type { VerdictWords } from '../../core/verdict.ts'
import * as paths from '../../http/paths.ts'
import { readForecastItem } from '../../store/documents/forecast.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { probabilityText } from '../ui/band.tsx'
import { quotedText } from '../ui/claim-title.ts'
import { spanText } from '../ui/date.tsx'
import type { PageHandler } from '../ui/page.ts'
import { languageText, translatorText } from '../ui/quote.tsx'
import { LOGGED } from '../ui/record-words.ts'
import { itemVerdict, VerdictShape } from '../ui/verdict-mark.tsx'
import {
  ACCENT,
  block,
  CANNOT,
  type Desk,
  drawable,
  EDGE,
  FLOOR,
  INK,
  Letters,
  LINE,
  type Part,
  picture,
  ROOM,
  SOFT,
  TONES,
} from './picture.tsx'
import { withoutEnd } from './shown.ts'

/** `/cards/forecasts/:id.png`: what became of it, the words, who said them, where and when. */
export const forecastCard: PageHandler = async (context) => {
  const id = withoutEnd(context.params.id)
  const item = await readForecastItem(context.host.ledger.db, id, context.now)
  if (item === null) throw notFound('forecast', id)
  return picture(context, {
    subject: '',
    address: paths.forecast(id),
    foot: item.forecast.retraction === null ? LOGGED[item.logged] : 'retracted',
    draw: (desk) => <ForecastDrawn desk={desk} item={item} now={context.now} />,
  })
}

/** Which words are shown, where they are in another language than the page or there are two of them. */
function shownText({ statement: { translation }, source: { language } }: ForecastItem): string {
  if (language === undefined || language.startsWith('en')) return ''
  return translation === undefined
    ? ` · Original, ${languageText(language)}`
    : ` · In translation from ${languageText(language)}, by ${translatorText(translation)}`
}

/** More of a quote than this has no room in any size; what is cut off ends in an ellipsis. */
const MOST_LETTERS = 600

function ForecastDrawn({ desk, item, now }: { desk: Desk; item: ForecastItem; now: Date }) {
  const { type } = desk
  const { forecast, statement, analyst, source } = item
  const own = statement.voice === 'quote' && shownText(item) === ''
  const style = own ? 'serif' : 'sans'
  const verdict = verdictPart(desk, itemVerdict(item, now), item.reserve)
  const said = drawable(desk, quotedText(item, MOST_LETTERS), style, `The words are ${CANNOT}.`)
  const quote = block(
    type,
    said,
    verdict.end + 20,
    [
      [58, 3],
      [48, 4],
      [40, 5],
      [33, 6],
    ],
    { style, leading: 1.25 },
  )
  const name = drawable(desk, analyst.name, 'bold', `A name ${CANNOT}`)
  const outlet = drawable(desk, source.publisher ?? source.title, 'sans', 'an outlet named on the page')
  const heard = transcriptCaveat(statement, source)
  const where = `${outlet}, ${spanText(forecast.record.said_on).replaceAll(' ', '\u00a0')}${shownText(item)}${heard === null ? '' : ` · ${heard}`}`
  const by = block(
    type,
    name,
    quote.end + 14,
    [
      [28, 1],
      [22, 1],
    ],
    { style: 'bold' },
  )
  const at = block(
    type,
    where,
    by.end,
    [
      [24, 1],
      [20, 2],
    ],
    { colour: SOFT },
  )
  return (
    <>
      {verdict.drawn}
      {quote.drawn}
      {by.drawn}
      {at.drawn}
      <Reading desk={desk} item={item} top={at.end} />
    </>
  )
}

const MARK = 34

/** What became of the claim, with its shape. */
function verdictPart(desk: Desk, { kind, text, happened, said }: VerdictWords, reserve: string | null): Part {
  const { type } = desk
  const colour = TONES[kind]
  const x = EDGE + MARK + 14
  const rest = [happened, said, reserve].filter((part) => part !== null)
  const beside = drawable(desk, rest.join(' · '), 'sans', `what happened is ${CANNOT}`)
  const strong = type.drawable(text, 'bold') ?? `What became of it is ${CANNOT}`
  const wide = type.width(`${strong} `, 'bold') * 32
  const isBeside = beside !== '' && type.width(beside, 'sans') * 26 <= WIDTH_LEFT - wide
  const head = block(
    type,
    strong,
    90,
    [
      [32, 1],
      [26, 2],
    ],
    { style: 'bold', colour, x, width: WIDTH_LEFT },
  )
  const under =
    isBeside || beside === ''
      ? null
      : block(
          type,
          beside,
          head.end,
          [
            [26, 1],
            [22, 2],
          ],
          { x, width: WIDTH_LEFT },
        )
  return {
    end: (under ?? head).end,
    drawn: (
      <>
        <g transform={`translate(${EDGE} 92) scale(${MARK / 14})`} color={colour}>
          <VerdictShape kind={kind} />
        </g>
        {head.drawn}
        {isBeside ? (
          <Letters
            type={type}
            text={`· ${beside}`}
            style="sans"
            size={26}
            x={x + wide}
            y={121}
            colour={INK}
          />
        ) : null}
        {under?.drawn ?? null}
      </>
    ),
  }
}
const WIDTH_LEFT = ROOM - MARK - 14

const SCALE = 380

/** How sure it was said to be, where there is room beneath the words. */
function Reading({
  desk,
  item: { forecast, statement },
  top,
}: {
  desk: Desk
  item: ForecastItem
  top: number
}) {
  const { type } = desk
  const { probability } = forecast.record
  const band = bandOf(probability)
  const y = FLOOR - 30
  if (top > y - 20) return null
  const x = (p: number) => EDGE + p * SCALE
  const left = band === null ? EDGE : EDGE + SCALE + 30
  const text = drawable(desk, probabilityText(probability, statement.voice), 'sans', `An answer ${CANNOT}`)
  const [line = ''] = type.lines(text, 'sans', (EDGE + ROOM - left) / 24, 1)
  return (
    <>
      {band === null ? null : (
        <>
          <line x1={x(0)} x2={x(1)} y1={y} y2={y} stroke={LINE} stroke-width="4" />
          <line x1={x(0.5)} x2={x(0.5)} y1={y - 10} y2={y + 10} stroke={LINE} stroke-width="3" />
          <rect
            x={x(band.low)}
            width={Math.max(4, (band.high - band.low) * SCALE)}
            y={y - 11}
            height="22"
            rx="4"
            fill={ACCENT}
            fill-opacity=".35"
            stroke={ACCENT}
            stroke-width="2"
          />
          <rect x={x(band.mid) - 3} width="6" y={y - 16} height="32" fill={ACCENT} />
        </>
      )}
      <Letters type={type} text={line} style="sans" size={24} x={left} y={y + 9} colour={INK} />
    </>
  )
}
