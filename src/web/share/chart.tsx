import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { LedgerError } from '../../core/error.ts'
import { csvLine } from '../../http/csv.ts'
import type { PageContext, PageHandler } from '../ui/page.ts'
import { Framed } from './embed.tsx'
import { type Block, blocksOf } from './flow.ts'
import {
  classesOf,
  descriptionIn,
  drawingIn,
  type Element,
  figureIn,
  find,
  isElement,
  leadOf,
  parsed,
  within,
  words,
} from './markup.ts'
import {
  block,
  CANNOT,
  type Desk,
  drawable,
  EDGE,
  FLOOR,
  floorOf,
  Letters,
  type Part,
  picture,
  ROOM,
  type Size,
  SOFT,
} from './picture.tsx'
import { pageOf, type Shown, shownAt, withoutEnd } from './shown.ts'

// Whatever a page shows is found as a picture, and each of its charts as a picture, as a frame for other pages and as
// numbers. All of them are taken from the page itself, so that none of them can say something else than it does.

type Chart = Shown & { markup: string; figure: Element }

const shownOn = (handler: PageHandler, context: PageContext) =>
  shownAt(handler, context, pageOf(context.url.pathname), context.url.search)

async function chartOn(handler: PageHandler, context: PageContext): Promise<Chart> {
  const shown = await shownOn(handler, context)
  const markup = figureIn(shown.page, withoutEnd(context.params.chart))
  if (markup === undefined) throw new LedgerError('not_found', `There is no such chart on that page.`)
  return { ...shown, markup, figure: parsed(markup) }
}

const isFinding = (element: Element) => classesOf(element).includes('finding')
const ofFinding = (figure: Element, name: RegExp): string => {
  const finding = find(figure, isFinding)
  const found = finding === undefined ? undefined : find(finding, (element) => name.test(element.name))
  return found === undefined ? '' : words(found)
}

/** What a chart is called: what was found, or what it shows. */
function titleOf(figure: Element): string {
  const heading = ofFinding(figure, /^h\d$/u)
  if (heading !== '') return heading
  const drawing = find(figure, ({ name }) => name === 'svg')
  const title = drawing?.children.find(
    (child): child is Element => isElement(child) && child.name === 'title',
  )
  if (title !== undefined) return title.children.join('')
  const table = find(figure, ({ attributes }) => attributes['aria-label']?.endsWith(': the numbers') === true)
  return table?.attributes['aria-label']?.replace(/: the numbers$/u, '') ?? ''
}

/** The most that a chart is enlarged, the least where parts of it can be left out, and the least that can be read. */
const [LARGEST, SMALLEST, LEAST, STEP] = [1.8, 1.25, 0.6, 0.05]
const MORE = 'And more than fits here: see the page.'
const TOO_LARGE = 'The chart is larger than a picture: see the page.'

const tall = (blocks: readonly Block[]) => blocks.reduce((sum, { height }) => sum + height, 0)

/** How high a figure is where its letters can be read. */
const heightOf = (desk: Desk, figure: Element): number =>
  tall(blocksOf(figure, { ...desk, width: ROOM / SMALLEST })) * SMALLEST + 4

/** A figure between two heights, as large as it fits; what does not fit is said to be missing. */
export function figurePart(
  desk: PageProps['desk'],
  figure: Element,
  top: number,
  bottom: number,
): Part & { scale: number } {
  const { type } = desk
  const room = bottom - top
  const laid = (scale: number) => blocksOf(figure, { ...desk, width: ROOM / scale })
  const fitting = (least: number) => {
    let scale = LARGEST
    while (scale > least && tall(laid(scale)) * scale > room) scale -= STEP
    return scale
  }
  const isOne = laid(SMALLEST).filter(({ isCaption }) => !isCaption).length === 1
  const scale = fitting(isOne ? LEAST : SMALLEST)
  const all = laid(scale)
  const kept = [...all]
  const isLess = () => all.slice(kept.length).some(({ isCaption }) => !isCaption)
  while (kept.length > 1 && tall(kept) * scale > room - (isLess() ? 26 : 0)) kept.pop()
  // Words that stand over a drawing go with it.
  while (
    isLess() &&
    kept.length > 1 &&
    all[kept.length]?.isDrawing === true &&
    kept.at(-1)?.isDrawing === false
  )
    kept.pop()
  const own = Math.min(scale, room / Math.max(1, tall(kept)))
  if (own < LEAST) return { ...block(type, TOO_LARGE, top, [[22, 2]], { colour: SOFT }), scale: own }
  let y = 0
  const drawn = kept.map(({ height, draw }) => {
    const svg = draw(y)
    y += height
    return svg
  })
  return {
    end: top + y * own,
    scale: own,
    drawn: (
      <>
        <g transform={`translate(${EDGE} ${top}) scale(${Number(own.toFixed(3))})`} color={SOFT}>
          {raw(drawn.join(''))}
        </g>
        {isLess() ? (
          <Letters type={type} text={MORE} style="sans" size={19} x={EDGE} y={bottom - 4} colour={SOFT} />
        ) : null}
      </>
    ),
  }
}

/** `/charts/…/:chart.png`: a chart as a picture, with whatever stands over it on the page. */
export const chartPicture =
  (page: PageHandler): PageHandler =>
  async (context) => {
    const { figure, heading, address } = await chartOn(page, context)
    return picture(context, {
      subject: heading,
      address: `${address}#${withoutEnd(context.params.chart)}`,
      draw: (desk) => chartPart(desk, figure, floorOf(desk)).drawn,
      reach: (desk) => chartPart(desk, figure, null).end,
    })
  }

/** A chart under what was found in it, down to a floor; without one, as far as it needs. */
function chartPart(desk: Desk, figure: Element, floor: number | null): Part {
  const title = drawable(desk, titleOf(figure), 'serif', `A chart ${CANNOT}`)
  const how = drawable(desk, ofFinding(figure, /^p$/u), 'sans', '')
  const headings: Size[] = [
    [40, 1],
    [36, 2],
    [30, 3],
  ]
  const head = block(desk.type, title, 96, headings, { style: 'serif', leading: 1.22 })
  const under = block(
    desk.type,
    how,
    head.end + 6,
    [
      [21, 2],
      [18, 4],
    ],
    { colour: SOFT },
  )
  const top = under.end + 14
  if (floor === null) return { end: top + heightOf(desk, figure), drawn: null }
  const { end, drawn } = figurePart(desk, figure, top, floor)
  return {
    end,
    drawn: (
      <>
        {head.drawn}
        {under.drawn}
        {drawn}
      </>
    ),
  }
}

/** What a page is about, where its heading does not say so. */
const SUBJECTS: Readonly<Record<string, string>> = {
  analysts: 'A track record',
  questions: 'Our question',
  sources: 'What was predicted in one source',
}

/** `/cards/….png`: a page as a picture: what it is about, what was found, and its first chart. */
export const pagePicture =
  (page: PageHandler): PageHandler =>
  async (context) => {
    const { page: markup, heading, address } = await shownOn(page, context)
    const first = drawingIn(markup)
    return picture(context, {
      subject: SUBJECTS[/^\/(\w+)\/[^/?]+/u.exec(address)?.[1] ?? ''] ?? '',
      address,
      draw: (desk) => (
        <PageDrawn
          desk={desk}
          heading={heading}
          lead={leadOf(markup, 'lead') || leadOf(markup, 'intro') || descriptionIn(markup)}
          figure={first === undefined ? null : parsed(first)}
        />
      ),
    })
  }

type PageProps = {
  desk: Pick<Desk, 'type' | 'hidden' | 'bold' | 'lacks'>
  heading: string
  lead: string
  figure: Element | null
}

const fits = (desk: PageProps['desk'], figure: Element, room: number): boolean =>
  figurePart(desk, figure, 0, room).scale >= LEAST

/** Less room than this shows nothing of a chart. */
const LEAST_ROOM = 120

/** A page as one picture: its sentence whole. */
export function PageDrawn({ desk, heading, lead, figure }: PageProps) {
  const title = drawable(desk, heading, 'serif', `A name or a title ${CANNOT}`)
  const head = block(
    desk.type,
    title,
    96,
    [
      [54, 1],
      [44, 2],
      [36, 3],
    ],
    { style: 'serif', leading: 1.2 },
  )
  const found = block(
    desk.type,
    drawable(desk, lead, 'serif', ''),
    head.end + 14,
    [
      [34, 3],
      [30, 4],
      [26, 6],
      [21, 9],
    ],
    { style: 'serif' },
  )
  // A chart never stands there without what it shows.
  const called = figure === null ? '' : titleOf(figure)
  const chart = block(
    desk.type,
    drawable(desk, called, 'bold', ''),
    found.end + 16,
    [
      [20, 1],
      [18, 2],
    ],
    {
      style: 'bold',
    },
  )
  const top = chart.end + 6
  const isShown =
    figure !== null && called !== '' && FLOOR - top >= LEAST_ROOM && fits(desk, figure, FLOOR - top)
  return (
    <>
      {head.drawn}
      {found.drawn}
      {isShown ? chart.drawn : null}
      {isShown ? figurePart(desk, figure, top, FLOOR).drawn : null}
    </>
  )
}

/** `/charts/…/:chart`: a chart for other pages to frame. */
export const chartFrame =
  (page: PageHandler): PageHandler =>
  async (context) => {
    const { markup, heading, address, figure } = await chartOn(page, context)
    return (
      <Framed context={context} title={`${titleOf(figure)} · ${heading}`} path={address}>
        <h1>
          <bdi dir="auto">{heading}</bdi>
        </h1>
        {raw(markup) as Child}
      </Framed>
    )
  }

/** `/charts/…/:chart.csv`: the numbers of a chart, as its table has them. */
export const chartData =
  (page: PageHandler): PageHandler =>
  async (context) => {
    const { figure } = await chartOn(page, context)
    const table = find(
      figure,
      ({ name, attributes }) => name === 'table' && /\bnumbers\b/u.test(attributes.class ?? ''),
    )
    if (table === undefined) throw new LedgerError('not_found', 'This chart has no table of numbers.')
    const rows = [...within(table)].filter(({ name }) => name === 'tr')
    const text = rows
      .map((row) =>
        csvLine(
          [...within(row)].filter(({ name }) => name === 'th' || name === 'td').map((cell) => words(cell)),
        ),
      )
      .join('')
    return new Response(text, { headers: { 'content-type': 'text/csv; charset=utf-8' } })
  }
