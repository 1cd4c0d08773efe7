type Part = { kind: 'same' | 'gone' | 'new'; text: string }

/** Beyond this many pairs of words a text is shown as replaced whole. */
const MOST_PAIRS = 1_000_000

/** What changed between two texts, word by word: their longest common subsequence stays. */
export function differences(from: string, to: string): Part[] {
  const [a, b] = [from, to].map((text) => text.split(/(?<=\s)/u)) as [string[], string[]]
  const parts: Part[] = []
  const add = (kind: Part['kind'], text: string) => {
    const last = parts.at(-1)
    if (last?.kind === kind) last.text += text
    else parts.push({ kind, text })
  }
  if (a.length * b.length > MOST_PAIRS)
    return [
      { kind: 'gone', text: from },
      { kind: 'new', text: to },
    ]
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] as number
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      add('same', a[i] as string)
      i++
      j++
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) add('gone', a[i++] as string)
    else add('new', b[j++] as string)
  }
  return parts
}

/** A text with what was taken out and what was put in; marked up, not coloured alone. */
export const Difference = ({ from, to }: { from: string; to: string }) => (
  <>
    {differences(from, to).map(({ kind, text }) =>
      kind === 'same' ? text : kind === 'gone' ? <del>{text}</del> : <ins>{text}</ins>,
    )}
  </>
)
