import type { Child } from 'hono/jsx'
import { notFound } from '../../core/error.ts'
import { bandOf } from '../../core/probability.ts'
import { transcriptCaveat } from '../../core/statement.ts'
import * as paths from '../../http/paths.ts'
import { readForecastItem } from '../../store/documents/forecast.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { probabilityText } from '../ui/band.tsx'
import { dayText, spanText } from '../ui/date.tsx'
import { outcomeText } from '../ui/mark.tsx'
import type { PageHandler } from '../ui/page.ts'
import { languageText, translatorText } from '../ui/quote.tsx'
import { LOGGED } from '../ui/record-words.ts'
import { ACCENT, block, CANNOT, type Desk, drawable, EDGE, FLOOR, INK, LINE, Letters, picture, SOFT } from './picture.tsx'

/** `/cards/forecasts/:id.png`: what became of it, the words, who said them, where and when. */
export const forecastCard: PageHandler = async (context) => {
  const id = (context.params.id ?? '').replace(/\.png$/u, '')
  const item = await readForecastItem(context.host.ledger.db, id, context.now)
  if (item === null) throw notFound('forecast', id)
  const { forecast } = item
  return picture(context, {
    subject: '',
    address: paths.forecast(id),
    foot: forecast.retraction === null ? LOGGED[item.logged] : 'retracted: logged by mistake',
    draw: (desk) => <ForecastDrawn desk={desk} item={item} />,
  })
}

const LABELS = { paraphrase: 'As reported: ', headline: 'Headline: ' } as const

/** Where the question stands, in words. */
function standingText({ state, question }: Pick<ForecastItem, 'state' | 'question'>): string {
  const { outcome, record } = question
  if (state === 'open') return `open until ${dayText(record.deadline.date)}`
  if (state === 'due') return 'needs a decision'
  if (state === 'proposed' || outcome === null) return 'an outcome is proposed'
  if (state !== 'resolved') return state
  return outcome === 'not_by_deadline' ? outcomeText(outcome) : `resolved ${outcomeText(outcome)}`
}

/** Which words are shown, where they are in another language than the page or there are two of them. */
function shownText({ statement: { translation }, source: { language } }: ForecastItem): string {
  const from = language === undefined ? '' : ` from ${languageText(language)}`
  if (translation !== undefined) return ` · In translation${from}, by ${translatorText(translation)}`
  return language === undefined || language.startsWith('en') ? '' : ` · Original, ${languageText(language)}`
}

function ForecastDrawn({ desk, item }: { desk: Desk; item: ForecastItem }) {
  const { type } = desk
  const { forecast, question, statement, analyst, source } = item
  const { quote, translation } = statement
  const own = statement.voice === 'quote' && translation === undefined
  const label = own || statement.voice === 'quote' ? '' : LABELS[statement.voice as keyof typeof LABELS]
  const exact = translation?.text ?? quote.exact
  const style = own ? 'serif' : 'sans'
  const said = drawable(desk, own ? `“${exact}”` : `${label}${exact}`, style, `The words are ${CANNOT}.`)
  const heard = transcriptCaveat(statement, source)
  const name = drawable(desk, analyst.name, 'sans', `a name ${CANNOT}`)
  const outlet = drawable(desk, source.publisher ?? source.title, 'sans', 'an outlet whose name is on the page')
  const by = `${name}, ${outlet}, ${spanText(forecast.record.said_on).replaceAll(' ', '\u00a0')}${shownText(item)}`
  const standing = [
    ...(heard === null ? [] : [heard]),
    standingText(item),
    ...(question.disputed ? ['disputed'] : []),
  ].join(' · ')
  const stands = block(type, standing, 92, [[30, 1], [26, 2]], { style: 'bold', colour: ACCENT })
  const words = block(type, said, stands.end + 18, [[60, 3], [50, 4], [40, 5], [32, 6]], { style, leading: 1.25 })
  const byline = block(type, by, words.end + 12, [[28, 1], [24, 2]], { colour: SOFT })
  return (
    <>
      {stands.drawn}
      {words.drawn}
      {byline.drawn}
      <Reading desk={desk} item={item} />
    </>
  )
}

const SCALE = 380

function Reading({ desk: { type }, item: { forecast, statement } }: { desk: Desk; item: ForecastItem }) {
  const { probability } = forecast.record
  const band = bandOf(probability)
  const y = FLOOR - 36
  const x = (p: number) => EDGE + p * SCALE
  const words = type.drawable(probabilityText(probability, statement.voice), 'sans') ?? ''
  const text = type.lines(words, 'sans', (band === null ? 1000 : 620) / 24, 1)[0] ?? ''
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
      <Letters type={type} text={text} style="sans" size={24} x={band === null ? EDGE : EDGE + SCALE + 30} y={y + 9} colour={INK} />
    </>
  ) as Child
}
