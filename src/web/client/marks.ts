/** What a mark says stands in its title: shown at once beside it, on hover, focus and touch. */
const DRAWING = '.chart svg, svg.chart-line'
const SAYS = 'data-says'
/** How far from a mark a finger may be, in px. */
const NEAR = 28

const tip = document.createElement('div')
tip.className = 'tip'
tip.hidden = true
let shown: Element | null = null
/** The link that a finger has touched once: touched again, it opens. */
let touched: Element | null = null

const rowOf = (mark: Element): Element => mark.closest('[data-row], svg') ?? mark
const marksIn = (part: Element): SVGElement[] =>
  [...part.querySelectorAll<SVGElement>(`[${SAYS}]`)].filter((mark) => mark.checkVisibility())

/** Titles of marks become what the script shows, so that the browser does not show them a second time. */
function prepare(drawing: Element): void {
  for (const title of drawing.querySelectorAll('svg :not(svg) > title')) {
    const mark = title.parentElement
    mark?.setAttribute(SAYS, title.textContent ?? '')
    if (mark?.localName === 'a') mark.setAttribute('aria-label', title.textContent ?? '')
    title.remove()
  }
}

function markAt(target: EventTarget | null): SVGElement | null {
  if (!(target instanceof Element)) return null
  const drawing = target.closest(DRAWING)
  if (drawing === null) return null
  prepare(drawing)
  return target.closest<SVGElement>(`[${SAYS}]`)
}

function show(mark: Element, more = ''): void {
  shown = mark
  // A link says it by its name; what is none is told.
  tip.setAttribute('aria-live', mark.localName === 'a' ? 'off' : 'polite')
  tip.textContent = `${mark.getAttribute(SAYS) ?? ''}${more}`
  tip.hidden = false
  const at = mark.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = tip
  const left = Math.min(Math.max(4, at.x + at.width / 2 - width / 2), document.body.clientWidth - width - 4)
  const top = at.y - height < 0 ? at.bottom : at.y - height
  tip.style.left = `${left + scrollX}px`
  tip.style.top = `${top + scrollY}px`
}

function hide(): void {
  shown = null
  touched = null
  tip.hidden = true
}

/** The mark nearest to a point of a drawing, since a finger is larger than a square. */
function nearest(drawing: Element, x: number, y: number): Element | null {
  let found: Element | null = null
  let least = NEAR
  for (const mark of marksIn(drawing)) {
    const { left, right, top, bottom } = mark.getBoundingClientRect()
    const away = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom))
    if (away < least) [found, least] = [mark, away]
  }
  return found
}

function touch(event: MouseEvent): void {
  const drawing = event.target instanceof Element ? event.target.closest(DRAWING) : null
  if (drawing === null) return
  const mark = markAt(event.target) ?? nearest(drawing, event.clientX, event.clientY)
  if (mark === null || (mark === touched && mark.contains(event.target as Node))) return
  event.preventDefault()
  touched = mark
  show(mark, mark.localName === 'a' ? ' · touch again to open' : '')
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(last, at + 1),
  ArrowLeft: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, last) => last,
}

/** Where a key leads from a mark: along its row, and up or down to the next one. */
function next(key: string, mark: SVGElement, marks: readonly SVGElement[]): SVGElement | undefined {
  const step = STEPS[key]
  if (step !== undefined) return marks[step(marks.indexOf(mark), marks.length - 1)]
  const rows = [...new Set(marks.map(rowOf))]
  const row = rows[rows.indexOf(rowOf(mark)) + (key === 'ArrowDown' ? 1 : -1)]
  if (row === undefined) return
  const [own, other] = [marksIn(rowOf(mark)), marksIn(row)]
  return other[Math.min(own.indexOf(mark), other.length - 1)]
}

function move(event: KeyboardEvent): void {
  if (event.key === 'Escape') hide()
  if (STEPS[event.key] === undefined && event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  const mark = markAt(event.target)
  const chart = mark?.closest('.chart')
  if (mark?.localName !== 'a' || !chart) return
  for (const drawing of chart.querySelectorAll('svg')) prepare(drawing)
  const links = marksIn(chart).filter(({ localName }) => localName === 'a')
  event.preventDefault()
  const to = next(event.key, mark, links)
  if (to === undefined || to === mark) return
  mark.setAttribute('tabindex', '-1')
  to.setAttribute('tabindex', '0')
  to.focus()
}

/** A chart is one stop of the tab key; the arrows go from mark to mark inside it, and each says its value. */
export function startMarks(): void {
  let finger = false
  document.body.append(tip)
  document.addEventListener('keydown', move)
  document.addEventListener('pointerdown', ({ pointerType }) => {
    finger = pointerType === 'touch'
  })
  document.addEventListener('click', (event) => {
    if (finger) touch(event)
  })
  document.addEventListener('pointerover', ({ target, pointerType }) => {
    if (pointerType === 'touch') return
    const mark = markAt(target)
    if (mark !== null) show(mark)
    else if (shown !== null && !tip.contains(target as Node) && shown !== document.activeElement) hide()
  })
  document.addEventListener('focusin', ({ target }) => {
    const mark = markAt(target)
    if (mark !== null) show(mark)
    else hide()
  })
}
