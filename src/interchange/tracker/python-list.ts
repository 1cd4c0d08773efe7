/** A list as Python prints it, `['a', "b's", None, 0.5]`: its texts and numbers, null for None; null where it is none. */
export function pythonList(cell: string): (string | number | null)[] | null {
  const text = cell.trim()
  if (!text.startsWith('[') || !text.endsWith(']')) return null
  const items: (string | number | null)[] = []
  const item = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s,'"\][]+))\s*(,|$)/uy
  const inner = text.slice(1, -1)
  if (inner.trim() === '') return items
  while (item.lastIndex < inner.length) {
    const found = item.exec(inner)
    if (found === null) return null
    const [, single, double, bare] = found
    const read = bare === undefined ? unescaped(single ?? double ?? '') : bareItem(bare)
    if (read === undefined) return null
    items.push(read)
  }
  return items
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }
const unescaped = (text: string): string =>
  text.replaceAll(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))/giu, (_, short, long, letter) =>
    letter === undefined
      ? String.fromCharCode(Number.parseInt(short ?? long, 16))
      : (ESCAPED[letter] ?? letter),
  )

function bareItem(text: string): number | null | undefined {
  if (/^(?:None|nan)$/u.test(text)) return null
  const number = Number(text.replace(/^np\.float64\((.*)\)$/u, '$1'))
  return Number.isFinite(number) ? number : undefined
}
