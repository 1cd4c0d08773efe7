import type { OfSize } from './growth.ts'

export type Adversary<T = string> = [name: string, make: OfSize<T>]

/** Of what is made only the size changes, so each is made once. */
export function kept<K, T>(make: (of: K) => T): (of: K) => T {
  const made = new Map<K, T>()
  return (of) => {
    const one = made.get(of) ?? make(of)
    made.set(of, one)
    return one
  }
}
const filled = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length))
const repeated = (units: Record<string, string>): Adversary[] =>
  Object.entries(units).map(([name, unit]) => [name, kept((length) => filled(unit, length))])
/** A unit between something that begins and something that ends. */
const wrapped = (units: Record<string, readonly [start: string, unit: string, end: string]>): Adversary[] =>
  Object.entries(units).map(([name, [start, unit, end]]) => [
    name,
    kept((length) => start + filled(unit, length) + end),
  ])
/** Half of one and half of another. */
const halves = (units: Record<string, readonly [string, string]>): Adversary[] =>
  Object.entries(units).map(([name, [one, other]]) => [
    name,
    kept((length) => filled(one, length / 2) + filled(other, length / 2)),
  ])
/** Each unit with a number of its own. */
const numbered = (units: Record<string, (i: number) => string>): Adversary[] =>
  Object.entries(units).map(([name, unit]) => [
    name,
    kept((length) => {
      let text = ''
      for (let i = 0; text.length < length; i++) text += unit(i)
      return text
    }),
  ])

const letters = (i: number): string =>
  i.toString(26).replaceAll(/\d/gu, (digit) => 'qrstuvwxyz'.charAt(+digit))

/** Whatever reads a text meets these. */
export const CHARACTERS: Adversary[] = [
  ...repeated({
    capitals: 'A',
    letters: 'a',
    digits: '1',
    spaces: ' ',
    tabs: '\t',
    'line breaks': '\n',
    'line breaks of Windows': '\r\n',
    'blank lines': ' \n',
    'straight quotes': '"',
    'curly quotes': '“”',
    apostrophes: "'",
    brackets: '[',
    'round brackets': '(',
    braces: '{',
    dots: '.',
    commas: ',',
    hyphens: '-',
    dashes: ' – ',
    colons: ':',
    words: 'word ',
    'words of one letter': 'a b ',
    'hyphened words': 'a-',
    numbers: '1 1 1 ',
    years: '2024-2024-',
    'combining marks': '\u0301',
    'marks out of order': '\u0307\u0323',
    'accents by themselves': 'e\u0301',
    'what composes': 'q\u0323\u0307',
    joiners: '\u200d',
    'soft hyphens': '\u00ad',
    'halves of a pair': '\ud800',
    emoji: '😀',
    families: '👩‍👩‍👧',
    Hebrew: 'שלום ',
    'letters that grow in lower case': 'İ',
    sigmas: "Σ'",
    jamo: '\u1100\u1161\u11a8',
    controls: '\u0001',
  }),
  ...wrapped({
    'spaces before a letter': ['', ' ', 'x'],
    'spaces after a letter': ['x', ' ', ''],
    'letters before a bracket': ['', 'a', '>'],
    'dots and spaces in quotes': ['"x', '. ', 'x"'],
    'marks on one letter': ['a', '\u0307\u0323', 'b'],
  }),
  ...numbered({ 'letters of all kinds': (i) => String.fromCharCode(0x4e00 + ((i * 7919) % 20_000)) }),
]

/** What somebody said or wrote. */
/** Stretches that the grammar of Russian looks at, over and over. */
export const RUSSIAN_PROSE: Adversary[] = repeated({
  denials: 'не ',
  'negative words': 'никто никогда не ',
  futures: 'будет ',
  perfectives: 'подпишет ',
  'a hedge and a comma': 'вероятно, ',
  numbers: 'семьдесят процентов ',
  'numbers in words': 'двадцать пять ',
  ranges: '5-6 ',
  odds: 'один из трёх ',
  chances: 'вероятность 70 % ',
  dates: '20 мая 2025 года ',
  'dotted dates': '1.1.',
  years: 'в 2025 году ',
  'times before': 'до конца ',
  'times after': 'через два-три ',
  seasons: 'осенью ',
  'words with hyphens': 'а-',
  said: '«а», — сказал Иван Петров. ',
  'names that say': 'Иван Петров сказал ',
  'by the words of': 'По словам Ивана Петрова, ',
  dashes: '— ',
  conditions: 'если ',
})

export const PROSE: Adversary[] = [
  ...CHARACTERS,
  ...repeated({
    'line separators': '\u2028',
    'opening quotes': '“',
    'closing quotes': '”',
    guillemets: '«',
    'curly apostrophes': '’',
    omissions: '[…]',
    'omissions and spaces': ' […] a',
    ellipses: '…',
    'question marks': '?',
    'marks after a question': '?”',
    names: 'Anna Berg ',
    'words in capitals': 'A B ',
    initials: 'A. ',
    'sentences without spaces': '. A',
    'chances that something happens': 'a chance that rates rise ',
    'odds that are small': 'the odds that rates rise are small and ',
    sentences: 'A b. ',
    abbreviations: 'Mr. ',
    'no sentence': 'Etc. and so on, ',
    exclamations: 'a? b! ',
    paragraphs: 'a b c.\n\n',
    'questions in quotes': '“a?” ',
    quoted: '"a" ',
    said: '“a,” said Berg. ',
    'said by nobody': '“a,” he said ',
    'names that say': 'Anna Berg said ',
    'verbs of saying': 'said ',
    turns: 'X: ',
    'turns on lines': 'Anna: yes.\n',
    'time codes': '12:34 ',
    'time codes on lines': '[12:34]\n',
    'times and names': '12:34 Anna Berg\n',
    'labels in a row': 'a:a:a:',
    questions: 'Q: Will it?\nA: It will.\n',
    dates: '1 Jan 2024, ',
    'plain dates': '2024-01-01 ',
    decimals: '3.14 ',
    months: 'May ',
    'early months': 'early May ',
    halves: 'in the second half of ',
    'in the': 'in the ',
    'by the end of': 'by the end of ',
    'before the': 'before the ',
    "before '": "before '",
    'in a or': 'in a or ',
    'in 5 or': 'in 5 or so ',
    'next years': 'over the next few years ',
    winters: 'by next winter ',
    no: 'no ',
    not: 'not ',
    'not not': 'not not likely ',
    will: 'will ',
    'will not': 'will not ',
    would: 'would ',
    'would be': 'would not be very ',
    "'ll": "a'll ",
    "n't": "n't ",
    neither: 'neither ',
    'so very': 'so very ',
    'very likely': 'very likely ',
    'we believe': 'we believe ',
    'I doubt': 'I doubt it will ',
    chance: 'chance ',
    told: 'told ',
    'a chance of': 'chance of a ',
    'I can well': 'I can well ',
    'I do not': 'I do not ',
    'I see': 'I see a ',
    'if a': 'if a ',
    may: 'may well ',
    'is now': 'is now ',
    vague: 'escalation ',
    forecasts: 'War will probably come soon. ',
    'quoted forecasts': '“War will come by 2030,” said Berg. ',
    reports: 'He said that war would come in May. ',
    remarks: '“Should it?” ',
  }),
  ...wrapped({
    'capitals in a quotation': ['“', 'A', '”'],
    'capitals before a verb': ['', 'A', ' said'],
    'names before a verb': ['', 'Anna ', 'expect'],
    'adverbs before a word': ['not ', 'so very ', 'likely'],
    'a quotation of dots': ['“', '. ', '” said Berg'],
    'letters after a verb': ['I see ', 'a', ' '],
  }),
  ...halves({ 'brackets opened and closed': ['[', ']'], 'quotes opened and closed': ['“', '”'] }),
  ...numbered({
    'turns of many': (i) => `A${letters(i)}: yes.\n`,
    'names of many': (i) => `A${letters(i)} said `,
    'forecasts of many kinds': (i) => `War ${letters(i)} will probably come soon. `,
  }),
]

/** What a page may hold. */
export const MARKUP: Adversary[] = [
  ...CHARACTERS,
  ...repeated({
    'open tags': '<',
    'tags without an end': '<a ',
    'tags of letters': '<a',
    'closing tags': '</',
    notes: '<!--',
    'ends of notes': '-->',
    declarations: '<!',
    instructions: '<?',
    sections: '<![CDATA[',
    'ends of tags': '>',
    divisions: '<div>',
    'divisions closed': '</div>',
    'nested markup': '<p><b><i>',
    paragraphs: '<p>a b c',
    lists: '<ul><li>',
    'rows of a table': '<table><tr><td>',
    links: '<a href="x">y</a> ',
    'elements in a line': '<b>x</b>',
    breaks: 'a<br>',
    rules: '<hr>',
    attributes: ' a=b',
    'attributes without an end': '<a b="',
    'attributes of both quotes': `<a b="' c='" `,
    equals: '<a = ',
    scripts: '<script>',
    'scripts that end': '<script></script>',
    titles: '<title>',
    styles: '<style>x',
    frames: '<iframe>',
    entities: '&amp;',
    'numbers of letters': '&#65;',
    'open entities': '&',
    'entities without an end': '&amp',
    times: '<time datetime=2024>',
    headings: '<h1>a</h1>',
    metadata: '<meta name=author content=a>',
    asides: '<div class=nav-nav->x',
  }),
  ...wrapped({
    'a tag of spaces': ['<p', ' ', '>'],
    'a tag of equals': ['<p', ' =', '>'],
    'a tag of attributes': ['<p', ' a=b', '>'],
    'a class of hyphens': ['<p class="', 'ad-', '">'],
    'a style': ['<p style="', 'display ', '">'],
    'a note of hyphens': ['<!-', '-', ''],
    'linked data of spaces': ['<script type="application/ld+json">', ' ', '</script>'],
    'linked data of brackets': ['<script type="application/ld+json">', '[', '</script>'],
    'linked data of ends': ['<script type="application/ld+json">', ']]>;', 'x</script>'],
    'linked data in depth': ['<script type="application/ld+json">{"@type":', '[', '</script>'],
    'linked data of many': ['<script type="application/ld+json">[', '{},', '{}]</script>'],
    'a title of dashes': ['<title>a long headline ', ' - ', '</title>'],
    'a title of words': ['<title>', 'a | b ', '</title>'],
    'a byline': ['<meta name=author content="by', ' ', 'x">'],
    'a date': ['<meta name=date content="', '1 jan ', '">'],
    'an article': ['<article>', '<p>Words, words and more words of an article, as they are.', '</article>'],
    'a paragraph of marks': [
      '<article><p>Words, words and more words of an article, as they are.',
      '\u0307\u0323',
      '</article>',
    ],
  }),
  ...halves({
    'rules within elements of a line': ['<b>', 'x<hr>'],
    'text within divisions': ['<div>', 'x'],
    'closed without opening': ['<i>', '</b>'],
    'opened and closed': ['<div>', '</div>'],
    'paragraphs within elements of a line': ['<p><b>', '<p>x'],
  }),
  ...numbered({
    'elements of many names': (i) => `<a${letters(i)}>x`,
    'attributes of many names': (i) => `<p a${letters(i)}=1 `,
    'metadata of many names': (i) => `<meta name=a${letters(i)} content=x>`,
  }),
]

/** What a file of YAML may hold. */
export const YAML: Adversary[] = [
  ...CHARACTERS,
  ...repeated({
    'items of a list': '- ',
    'lists in lists': '[],',
    'lines of items': '- a\n',
    'keys of questions': '? ',
    'lines of keys': 'a: b\n',
    'nested keys': 'a: ',
    'repeated keys': 'a: 1, ',
    anchors: '&a ',
    'anchors on lines': '- &a b\n',
    aliases: '*a ',
    'aliases on lines': '- *a\n',
    tags: '!t ',
    'tags on lines': '- !t b\n',
    'merge keys': '<<: *a\n',
    comments: ' #',
    'lines of comments': '# a\n',
    blocks: '>-\n',
    'blocks on lines': 'a: |\n  b\n',
    escapes: '\\',
    documents: '---\n',
    'ends of documents': '...\n',
    directives: '%A\n',
    'empty mappings': '- {}\n',
    'numbers in another base': '- 0x1\n',
    'open quotes on lines': '- "\n',
    indents: ' a:\n',
  }),
  ...wrapped({
    'a key of letters': ['', 'a', ': b'],
    'keys in braces': ['{', 'a: 1, ', '}'],
    'lists in brackets': ['a: [', '[], ', ']'],
    'a text in quotes': ['a: "', '\\n ', '"'],
    'a text of lines': ['a: "', 'b\n  ', '"'],
    'a plain text of lines': ['a: b\n', '  c\n', ''],
    'a folded block': ['a: >-\n', '  b c\n', ''],
    'a block of blanks': ['a: |\n  b\n', ' \n', '  c'],
    'deep items': ['a:\n  ', '- ', 'b'],
  }),
  ...halves({ 'brackets in pairs': ['[', ']'], 'braces in pairs': ['{', '}'] }),
  ...numbered({
    'keys of many names': (i) => `a${letters(i)}: b\n`,
    'keys of many names in braces': (i) => `${i === 0 ? '{' : ''}a${letters(i)}: b, `,
    'anchors of many names': (i) => `- &a${letters(i)} b\n`,
  }),
]

const DEADLINE = 'deadline: {date: 2025-04-08, time_zone: UTC}'
/** What a file of a folder may hold that is YAML. */
export const FOLDER: Adversary[] = [
  ...wrapped({
    'analysts of nothing': ['analysts:\n', '- {}\n', ''],
    'analysts of one id': ['analysts:\n', '- {id: a, name: A}\n', ''],
    'questions of nothing': ['questions:\n', '- {id: a}\n', ''],
    'statements of nothing': ['statements:\n', '- {id: a}\n', ''],
    'keys that are none': ['analysts:\n- {id: a, name: Ab, ', 'nme: 1, ', '}'],
  }),
  ...numbered({
    'analysts of many names': (i) =>
      `${i === 0 ? 'analysts:\n' : ''}- {id: a-${i}, name: Anna ${letters(i)}}\n`,
    'questions of many names': (i) =>
      `${i === 0 ? 'questions:\n' : ''}- {id: a-${i}, title: A, criteria: B, ${DEADLINE}}\n`,
    'questions that imply': (i) =>
      `${i === 0 ? 'questions:\n' : ''}- {id: a-${i}, title: A, criteria: B, implies: a-${i + 1}, family: a, ${DEADLINE}}\n`,
  }),
]

/** What a table may hold. */
export const TABLE: Adversary[] = [
  ...CHARACTERS,
  ...repeated({
    cells: 'a,',
    'cells in quotes': '"a",',
    'empty cells': '"",',
    'open quotes': 'a,"',
    'quotes doubled': '""',
    rows: 'a,b\n',
    'rows in quotes': '"a\n",',
    semicolons: 'a;',
    'uneven rows': 'a\na,b\n',
    forecasts: '0.5,1,2024-01-01,a\n',
    'forecasts that are wrong': '5,x,2024,\n',
  }),
  ...wrapped({
    'a cell of quotes': ['"', '""', '"'],
    'a cell of lines': ['"', 'a\n', '"'],
    'a row after lines': ['', 'a,b\n', '"'],
    'forecasts below a header': ['p,o,d,t\n', '0.5,1,2024-01-01,a\n', ''],
    'a forecast of capitals': ['p,o,d,t\n0.5,1,2024-01-01,', 'A', ''],
    'a forecast of hyphens': ['p,o,d,t\n0.5,1,2024-01-01,', '- ', 'A'],
    'wrong forecasts below a header': ['p,o,d,t\n', '5,x,2024,\n', ''],
    'a wrong forecast of digits': ['p,o,d,t\n1e', '1', ',1,2024-01-01,a\n'],
  }),
  ...numbered({
    columns: (i) => `a${letters(i)},`,
    'forecasts of many events': (i) => `${i === 0 ? 'p,o,d,t\n' : ''}0.5,1,2024-01-01,a${letters(i)}\n`,
  }),
]
