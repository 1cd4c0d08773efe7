// The sheet of the pages as pictures need it: light, and only what drawings have.

/** What a renderer of drawings knows; everything else is of pages. */
const KNOWN =
  /^(fill|fill-opacity|stroke|stroke-width|stroke-opacity|stroke-dasharray|stroke-linecap|stroke-linejoin|paint-order|opacity|color|font-size|font-weight|text-anchor|dominant-baseline|letter-spacing)$/u
const ROOT_PX = 16
/** `600 1rem/1.4 var(--serif)`: the weight and the size. */
const FONT = /^(?:(?<weight>\d{3}|bold|normal)\s+)?(?<size>[\d.]+(?:px|rem|em))/u

type Rule = { selectors: string; body: string }

/** The rules of a sheet that stand in no condition: those of dark, narrow and printed pages do. */
function* rulesOf(sheet: string): Generator<Rule> {
  const text = sheet.replaceAll(/\/\*[\s\S]*?\*\//gu, '')
  let [at, depth, start] = [0, 0, 0]
  for (const [mark] of text.matchAll(/[{}]/gu)) {
    const place = text.indexOf(mark, at)
    if (mark === '{') {
      if (depth === 0 && text.slice(start, place).trim().startsWith('@')) depth = 1
      else if (depth === 0) {
        const end = text.indexOf('}', place)
        yield { selectors: text.slice(start, place).trim(), body: text.slice(place + 1, end) }
        depth = 1
      } else depth += 1
    } else {
      depth -= 1
      if (depth === 0) start = place + 1
    }
    at = place + 1
  }
}

const declarations = (body: string): [name: string, value: string][] =>
  body
    .split(';')
    .map((line) => line.split(/:(.*)/su).map((part) => part?.trim()) as [string, string])
    .filter(([name, value]) => name !== '' && value !== undefined)

const inPx = (value: string) =>
  value.replaceAll(/([\d.]+)rem\b/gu, (_, size: string) => `${Number((Number(size) * ROOT_PX).toFixed(2))}px`)

function drawn([name, value]: [string, string]): string[] {
  if (name === 'font') {
    const { weight, size } = FONT.exec(inPx(value))?.groups ?? {}
    return [
      ...(size === undefined ? [] : [`font-size:${size}`]),
      ...(weight === undefined ? [] : [`font-weight:${weight}`]),
    ]
  }
  if (name === 'display') return value === 'none' ? ['display:none'] : []
  return KNOWN.test(name) && !/calc\(|color-mix\(/u.test(value) ? [`${name}:${inPx(value)}`] : []
}

/** Selectors one by one: what stands in `:is()` is several. */
function selectorsOf(written: string): string[] {
  const [whole, options] = /:is\(([^()]*)\)/u.exec(written) ?? []
  if (whole !== undefined && options !== undefined)
    return options.split(',').flatMap((option) => selectorsOf(written.replace(whole, option.trim())))
  return [written.trim()]
}

const RULE = /([^{}]*)\{([^}]*)\}/gu
/** The classes at the end of selectors of such a form, of rules that say such a thing. */
const classesWith = (style: string, selector: RegExp, said: RegExp): Set<string> =>
  new Set(
    [...style.matchAll(RULE)]
      .filter(([, , body = '']) => said.test(body))
      .flatMap(([, selectors = '']) => selectors.split(',').flatMap((one) => selector.exec(one)?.[1] ?? [])),
  )

/** The classes of what such a style does not show, and of strong letters. */
export const hiddenIn = (style: string) => classesWith(style, /^\.([\w-]+)$/u, /display:none/u)
export const boldIn = (style: string) => classesWith(style, /\.([\w-]+)$/u, /font-weight:(?:[6-9]00|bold)/u)

const made = new Map<string, string>()

/** What of a sheet of pages draws charts, with light colours in place of their names. */
export function lightStyle(sheet: string): string {
  const known = made.get(sheet)
  if (known !== undefined) return known
  const rules = [...rulesOf(sheet)]
  const named = new Map(
    rules
      .filter(({ selectors }) => selectors === ':root')
      .flatMap(({ body }) => declarations(body).filter(([name]) => name.startsWith('--'))),
  )
  const resolved = (value: string): string =>
    value.replaceAll(/var\((--[\w-]+)\)/gu, (whole, name: string) =>
      named.has(name) ? resolved(named.get(name) as string) : whole,
    )
  const style = rules
    .map(({ selectors, body }) => {
      const shown = selectors
        .split(/,(?![^()]*\))/u)
        .flatMap(selectorsOf)
        // What depends on where a pointer is, or on what stands beside it, is of pages.
        .filter((selector) => selector !== '' && !/[:+~@[(]|^\*$|>\s*$/u.test(selector))
      const properties = declarations(resolved(body)).flatMap(drawn)
      return shown.length === 0 || properties.length === 0
        ? ''
        : `${shown.join(',')}{${properties.join(';')}}`
    })
    .join('')
  made.set(sheet, style)
  return style
}
