import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { LedgerError } from '../../core/error.ts'
import type { Verdict } from '../../core/verdict.ts'
import * as paths from '../../http/paths.ts'
import type { Style } from '../../picture/fonts.ts'
import type { Renderer } from '../../picture/renderer.ts'
import type { Typesetter } from '../../picture/typesetter.ts'
import { dayText } from '../ui/date.tsx'
import type { PageContext } from '../ui/page.ts'
import { spans } from './flow.ts'
import { boldIn, hiddenIn, lightStyle } from './light-style.ts'

export const WIDTH = 1200
export const HEIGHT = 630
export const EDGE = 72
export const ROOM = WIDTH - 2 * EDGE
/** Higher than this no picture is. */
const HIGHEST = 3000
const FOOT = 78
/** Where the foot of a picture begins. */
export const floorOf = ({ height }: Pick<Desk, 'height'>) => height - FOOT
/** The same of one of the usual height. */
export const FLOOR = HEIGHT - FOOT
export const [PAPER, INK, SOFT, LINE, ACCENT] = ['#fdfcf8', '#1d1c1a', '#5e5a52', '#d5cfc2', '#0f5f5c']

const [YES, NO, VOID] = ['#1f5fa8', '#a14e08', '#6b665e']
/** The colour of what became of a claim; its words say it too. */
export const TONES: Record<Verdict['kind'], string> = {
  came_true: YES,
  did_not: NO,
  said: VOID,
  too_vague: VOID,
  no_result: VOID,
  open: SOFT,
}

export const CANNOT = 'in letters that this picture cannot show: see the page'

/** What a picture is drawn with; `lacks` once words were met that cannot be drawn. */
export type Desk = {
  type: Typesetter
  context: PageContext
  style: string
  hidden: ReadonlySet<string>
  bold: ReadonlySet<string>
  lacks: boolean
  height: number
}

/** A part of a picture: how far down it reaches, and what it draws. */
export type Part = { end: number; drawn: Child }

/** How large letters are, and how many lines of them there is room for. */
export type Size = readonly [size: number, most: number]

type Look = { style?: Style; colour?: string; x?: number; width?: number; leading?: number }

/** A text in the largest of some sizes in which all of it fits; in the last one it may end in an ellipsis. */
export function block(
  type: Typesetter,
  text: string,
  top: number,
  sizes: readonly Size[],
  look: Look = {},
): Part {
  const { style = 'sans', colour = INK, x = EDGE, width = ROOM, leading = 1.3 } = look
  const fits = ([size, most]: Size) => type.lines(text, style, width / size, most + 1).length <= most
  const [size, most] = sizes.find(fits) ?? (sizes.at(-1) as Size)
  const lines = text === '' ? [] : type.lines(text, style, width / size, most)
  const step = Math.round(size * leading)
  return {
    end: top + lines.length * step,
    drawn: lines.map((line, i) => (
      <Letters
        type={type}
        text={line}
        style={style}
        size={size}
        x={x}
        y={top + Math.round(size * 0.98) + i * step}
        colour={colour}
      />
    )),
  }
}

type LettersProps = {
  type: Typesetter
  text: string
  style: Style
  size: number
  x: number
  y: number
  colour: string
  end?: boolean
}

/** One line, from its begin or up to its end. */
export const Letters = ({ type, text, style, size, x, y, colour, end = false }: LettersProps) => (
  <text
    style={`font-size:${size}px;font-weight:${style === 'bold' ? 700 : 400};fill:${colour}`}
    xml:space="preserve"
  >
    {raw(spans(type, text, style, size, end ? x - type.width(text, style) * size : x, y))}
  </text>
)

const LACKING = '[…]'

/**
 * A text as our fonts can draw it, with a sign in place of words that they cannot; or what is said instead where hardly
 * a word is left.
 */
export function drawable(
  desk: Pick<Desk, 'type' | 'lacks'>,
  text: string,
  style: Style,
  otherwise: string,
): string {
  const whole = desk.type.drawable(text, style)
  if (whole !== null) return whole
  desk.lacks = true
  const words = text.split(/\s+/u).map((word) => desk.type.drawable(word, style))
  const left = words.filter((word) => word !== null).length
  return left < words.length / 2
    ? otherwise
    : words
        .map((word) => word ?? LACKING)
        .join(' ')
        .replaceAll(/(\[…\] ?)+/gu, `${LACKING} `)
        .trim()
}

type SheetProps = { desk: Desk; subject: string; address: string; foot: string; children?: Child }

/** What every picture has: whose it is, about whom, where all of it is, and of when. */
function Sheet({ desk, subject, address, foot, children }: SheetProps) {
  const { type, context, style, height } = desk
  const { host } = new URL(context.origin)
  const beside = ROOM - type.width(foot, 'sans') * 20 - 40
  const base = height - 34
  // An address that is cut off is none.
  const [where, size, line] = (
    [
      [host + address, 20, base, beside],
      [host + address, 17, base, beside],
      [host + address, 15, base + 22, ROOM],
      [host + address, 12, base + 22, ROOM],
      [host, 20, base, beside],
    ] as const
  ).find(
    ([text, letters, , room]) =>
      type.width(text, 'sans') * letters <= room && type.runs(text, 'sans') !== null,
  ) ?? ['', 20, base]
  const notes = [
    ...(desk.lacks ? [`${LACKING} stands for words ${CANNOT}`] : []),
    type.drawable(context.host.settings.banner ?? '', 'sans') ?? '',
  ]
    .filter((note) => note !== '')
    .join(' · ')
  const about = type.lines(subject, 'bold', (ROOM - 200) / 24, 1)[0] ?? ''
  return (
    <svg xmlns="http://www.w3.org/2000/svg" width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`}>
      <title>{host + address}</title>
      <style>{raw(style)}</style>
      <rect width={WIDTH} height={height} fill={PAPER} />
      <rect width="14" height={height} fill={ACCENT} />
      {notes === '' ? null : (
        <Letters
          type={type}
          text={type.lines(notes, 'sans', ROOM / 17, 1)[0] ?? ''}
          style="sans"
          size={17}
          x={EDGE}
          y={34}
          colour={SOFT}
        />
      )}
      <Letters type={type} text={about} style="bold" size={24} x={EDGE} y={68} colour={SOFT} />
      <Letters
        type={type}
        text="Reckoning"
        style="serif"
        size={26}
        x={WIDTH - EDGE}
        y={68}
        colour={ACCENT}
        end
      />
      {children}
      <line x1={EDGE} x2={WIDTH - EDGE} y1={base - 32} y2={base - 32} stroke={LINE} stroke-width="1.5" />
      <Letters type={type} text={where} style="sans" size={size} x={EDGE} y={line} colour={ACCENT} />
      <Letters type={type} text={foot} style="sans" size={20} x={WIDTH - EDGE} y={base} colour={SOFT} end />
    </svg>
  )
}

type Picture = {
  /** About whom or what. */
  subject: string
  /** Of the page on which all of it is. */
  address: string
  /** Beside the day. */
  foot?: string
  draw: (desk: Desk) => Child
  /** How far down it reaches, where it may be higher than wide. */
  reach?: (desk: Desk) => number
}

async function rendererOf({ host }: PageContext): Promise<Renderer> {
  if (host.pictures === undefined)
    throw new LedgerError('not_found', 'Pictures are not made here: nothing that draws them is installed.')
  return host.pictures()
}

/** The SVG of a picture, with nothing outside of it but the fonts that ship with us. */
export async function drawingOf(
  context: PageContext,
  { subject, address, foot, draw, reach }: Picture,
): Promise<string> {
  const { type } = await rendererOf(context)
  const style = lightStyle((await context.host.assets?.texts())?.['style.css'] ?? '')
  const desk: Desk = {
    type,
    context,
    style,
    hidden: hiddenIn(style),
    bold: boldIn(style),
    lacks: false,
    height: HEIGHT,
  }
  const { asOf } = context.host
  const day = dayText(context.now.toISOString().slice(0, 10))
  const when = asOf === undefined ? day : `as of entry ${asOf.seq}, ${day}`
  // First what is drawn: it may find that something cannot be.
  if (reach !== undefined) desk.height = Math.round(Math.min(HIGHEST, Math.max(HEIGHT, reach(desk) + FOOT)))
  const about = drawable(desk, subject, 'bold', `A name ${CANNOT}`)
  const drawn = String(await (<g>{draw(desk)}</g>))
  const sheet = (
    <Sheet
      desk={desk}
      subject={about}
      address={asOf === undefined ? address : paths.asOf(address, asOf.as_of)}
      foot={[...(foot === undefined ? [] : [foot]), when].join(' · ')}
    >
      {raw(drawn)}
    </Sheet>
  )
  return String(await sheet)
}

/** A picture as an answer. */
export async function picture(context: PageContext, what: Picture): Promise<Response> {
  const drawing = await drawingOf(context, what)
  const { png } = await rendererOf(context)
  return new Response(png(drawing) as Uint8Array<ArrayBuffer>, { headers: { 'content-type': 'image/png' } })
}
