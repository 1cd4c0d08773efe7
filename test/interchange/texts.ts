import fc from 'fast-check'
import { line, prose } from '../../src/core/text.ts'

// Words that YAML could take for something else, and letters from everywhere.
const PIECES =
  `war no yes on Off null ~ true 0.2 2024 2024-04-08 1:30 0o7 0x1F 1e3 .5 - -- --- ... ? : a: :b # #c a#b {a [b] & &a *b !t | > >- % @ \` " ' " ' it's "so" “q” «г» \\ \\n , ; = << Калачёв é́ 中文 👩‍👩‍👧 عربي ﷽ ${'long'.repeat(30)}`.split(
    ' ',
  )
const GAPS = [' ', ' ', ' ', ' ', ' ', '  ', '\n', '\n\n', '\n  ', ' \n', '\t', '\u00a0', '\n- ', ': ', ' #']
const ENDS = ['', '', '', '', ' ', '\n', '\n\n', '\t']

const text = (
  schema: { safeParse: (value: unknown) => { success: boolean } },
  gaps: string[],
  longest: number,
) =>
  fc
    .tuple(
      fc.constantFrom(...ENDS),
      fc.array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(...gaps)), {
        minLength: 1,
        maxLength: longest,
      }),
      fc.constantFrom(...ENDS),
    )
    .map(([start, words, end]) => {
      const last = words.at(-1)?.[0] ?? ''
      return start + words.slice(0, -1).flat().join('') + last + end
    })
    .filter((value) => schema.safeParse(value).success)

/** One line that a schema accepts. */
export const short = text(line(200), [' ', '  ', ': ', ' #'], 4)
/** Several lines that a schema accepts. */
export const long = text(prose(2000), GAPS, 40)
