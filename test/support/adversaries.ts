const REPEATED: Record<string, string> = {
  capitals: 'A', 'one letter': 'a', 'one digit': '1', spaces: ' ', 'line breaks': '\n', 'line breaks of Windows': '\r\n',
  'line separators': '\u2028', tabs: '\t', 'blank lines': ' \n', 'straight quotes': '"', 'opening quotes': '“', 'closing quotes': '”',
  guillemets: '«', apostrophes: '’', 'round brackets': '(', 'square brackets': '[', 'closing brackets': ']', omissions: '[…]',
  'omissions and spaces': ' […] a', dots: '.', commas: ',', 'question marks': '?', hyphens: '-', dashes: ' – ', colons: ':',
  'short words': 'a b ', 'capital words': 'A B ', names: 'Anna Berg ', 'sentences without space': '. A', sentences: 'A b. ',
  'one word': 'no ', dates: '1 Jan 2024, ', 'plain dates': '2024-01-01 ', 'time codes': '12:34 ', 'time codes on lines': '[12:34]\n',
  numbers: '3.14 ', thousands: '1,000', 'soft hyphens': '\u00ad', 'combining marks': '\u0301', 'accented letters': 'e\u0301',
  'letters that compose': 'q\u0323\u0307', 'right to left': 'ש', 'words from right to left': 'שלום ', emoji: '😀', families: '👩‍👩‍👧', 'mixed scripts': 'aаα中',
  'open tags': '<', notes: '<!--', 'tags without an end': '<a ', divisions: '<div>', 'divisions closed': '</div>', 'nested markup': '<p><b><i>',
  lists: '<ul><li>', links: '<a href="x">y</a> ', attributes: ' a=b', 'attributes in quotes': '<a b="', scripts: '<script>', titles: '<title>', entities: '&amp;',
  'open entities': '&', 'labels in a row': 'a:a:a:', labels: 'Anna: yes.\n', 'time and name': '12:34 Anna Berg\n', base64: 'aGVsbG8gd29ybGQ+/w8J', quoted: '"a" ', 'quoted and said': '“a,” said Berg. ',
  'said by nobody': '“a,” he said ', paragraphs: 'a b c.\n\n', will: 'will ', 'will not': 'will not ', told: 'told ', said: 'said ', chance: 'chance ', would: 'would ', 'the adverbs': 'I can well ',
  very: 'very ', 'would be': 'would not be very ', 'in the': 'in the ', 'by the end of': 'by the end of ', 'before the': 'before the ', 'in a or': 'in a or ', 'early May': 'early May ', 'second half of': 'in the second half of ',
  ifs: 'if a ', sees: 'I see a ', contractions: "a'll ", hyphened: 'a-', apostrophed: "a'", negations: "n't ", neither: 'neither ', abbreviations: 'Mr. ', 'questions in quotes': '“a?” ', 'asked and answered': 'a? b! ',
  'forecasts': 'War will probably come soon. ', 'quoted forecasts': '“War will come by 2030,” said Berg. ', 'reported': 'He said that war would come in May. ', remarks: '“Should it?” ',
  'flow lists': '[', 'flow mappings': '{', 'list items': '- ', 'lines of items': '- a\n', 'keys of questions': '? ', 'lines of keys': 'a: b\n', anchors: '&a ', aliases: '*a ', tagged: '!t ', comments: ' #', blocks: '>-\n', escapes: '\\', 'quotes in quotes': "'",
  documents: '---\n', directives: '%A\n', cells: 'a,', 'cells in quotes': '"a",', rows: 'a,b\n', 'quotes doubled': '""', semicolons: ';', 'half a pair': '\ud800', controls: '\u0001', 'letters of two alphabets': 'aЖ', 'accented words': 'aé', 'capitals of two alphabets': 'AÉ', 'names of two alphabets': 'AЖa ',
  'inline elements with text': '<b>x</b>', 'breaks in a line': 'a<br>', 'repeated keys': 'a: 1, ', 'nothing as an item': '- {}\n', likely: 'very likely ', 'no sentence': 'Etc. and so on, ', curious: '…', 'a list of lists': '[],',
} // biome-ignore format: a table

const WRAPPED: Record<string, [string, string, string]> = {
  'spaces before a letter': ['', ' ', 'x'],
  'spaces after a letter': ['x', ' ', ''],
  'line breaks before a letter': ['', '\n', 'x'],
  'capitals in a quotation': ['“', 'A', '”'],
  'capitals before a verb': ['', 'A', ' said'],
  'names before a verb': ['', 'Anna ', 'expect'],
  'letters before a bracket': ['', 'a', '>'],
  'a tag of spaces': ['<p', ' ', '>'],
  'a tag of equals': ['<p', ' =', '>'],
  'a note of hyphens': ['<!-', '-', ''],
  'linked data of spaces': ['<script type="application/ld+json">', ' ', '</script>'],
  'linked data of brackets': ['<script type="application/ld+json">', '[', '</script>'],
  'linked data of semicolons': ['<script type="application/ld+json">', ';', 'x</script>'],
  'a title of dashes': ['<title>a long headline ', ' - ', '</title>'],
  'a title of words': ['<title>', 'a | b ', '</title>'],
  'a byline': ['<meta name=author content="by', ' ', 'x">'],
  'a text of paragraphs': ['<article>', '<p>Words, words and more words of an article, as they are.', '</article>'],
  'a cell of quotes': ['"', '""', '"'],
  'a key of letters': ['', 'a', ': b'],
  'repeated keys in braces': ['{', 'a: 1, ', '}'],
  'analysts that are none': ['analysts:\n', '- {}\n', ''],
  'analysts of one id': ['analysts:\n', '- {id: a, name: A}\n', ''],
  'questions that are none': ['questions:\n', '- {id: a}\n', ''],
  'statements that are none': ['statements:\n', '- {id: a}\n', ''],
  'linked data in depth': ['<script type="application/ld+json">{"@type":', '[', '</script>'],
  'deep items': ['a:\n  ', '- ', 'b'],
} // biome-ignore format: a table

/** Half of one and half of another. */
const HALVES: Record<string, [string, string]> = {
  'rules within inline elements': ['<b>', 'x<hr>'],
  'text within divisions': ['<div>', 'x'],
  'closed without opening': ['<i>', '</b>'],
  'openings and closings': ['[', ']'],
  'braces in pairs': ['{', '}'],
} // biome-ignore format: a table

/** Texts that somebody would paste, or a page would serve, to keep a reader busy: each of any length. */
export const adversaries: [name: string, text: (length: number) => string][] = [
  ...Object.entries(REPEATED).map(([name, unit]): [string, (length: number) => string] => [
    name,
    (length) => unit.repeat(Math.ceil(length / unit.length)),
  ]),
  ...Object.entries(WRAPPED).map(([name, [start, unit, end]]): [string, (length: number) => string] => [
    name,
    (length) => start + unit.repeat(Math.ceil(length / unit.length)) + end,
  ]),
  ...Object.entries(HALVES).map(([name, [one, other]]): [string, (length: number) => string] => [
    name,
    (length) => one.repeat(length / 2 / one.length) + other.repeat(length / 2 / other.length),
  ]),
]
