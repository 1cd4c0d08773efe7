import listed from './fonts.json' with { type: 'json' }

/** What letters look like: words that were said and headings, everything else, and what is strong. */
export type Style = 'serif' | 'sans' | 'bold'

/** One file of letters: a style of a script. */
export type FontFile = { style: Style; family: string; file: string }

/**
 * The files that pictures are set with, in the order in which a letter is looked for. A family is named after its
 * script and whether it is serif; the bold one differs from the sans one by its weight.
 */
export const FONT_FILES: readonly FontFile[] = listed.flatMap(([style, name, weight, scripts]) =>
  (scripts as string[]).map((script) => ({
    style: style as Style,
    family: style === 'serif' ? `${script}-serif` : script,
    file: `@fontsource/${name}/files/${name}-${script}-${weight}-normal.woff`,
  })),
)
