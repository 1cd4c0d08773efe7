import { predictionFiles, readPredictions } from '../node/predictions.ts'
import type { Command } from './command.ts'
import { countOf, formatFindings } from './findings.ts'
import { plural } from './table.ts'

export const check: Command = {
  name: 'check',
  summary: 'check predictions files and say what is wrong, and where',
  operands: { shown: 'PATH…', least: 1, most: 10_000 },
  about: [
    'Reads files, or every .yaml in a folder, as one unit, and reports every finding with its place, the line and how to mend it. It reads no ledger and changes nothing.',
    'With the text of an article it also checks that each quote of its source stands there, once.',
  ].join('\n'),
  options: {
    strict: { about: 'warnings are problems too' },
    interview: {
      value: 'FILE',
      about: 'the text of one source, to check its quotes against (or RECKONING_INTERVIEW)',
    },
  },
  examples: [
    ['reckon check predictions', 'The whole folder.'],
    ['reckon check predictions --strict', 'As the checks of the project do.'],
    ['reckon check predictions --interview article.txt', 'With every quote of that article.'],
  ],
  problems: 'something is wrong in the files',
  run: async (context, given) => {
    const files = predictionFiles(given.positionals)
    const interview = given.text('interview') ?? context.config().RECKONING_INTERVIEW
    const { findings, folder, checked } = readPredictions(files, { now: context.now(), interview })
    const isWrong = folder === null || (given.flag('strict') && findings.length > 0)
    const quotes = folder?.sources.find(({ source }) => source.id === checked)?.statements.length
    const verdict =
      findings.length > 0
        ? `${countOf(findings)} in ${plural(files.length, 'file')}.`
        : `${plural(files.length, 'file')} checked, nothing to mend${quotes === undefined ? '' : `; all ${quotes} quotes of ${checked} stand in its text`}.`
    return {
      text: [...formatFindings(findings), verdict].join('\n'),
      json: { files: files.length, findings, quotes_checked: checked },
      exit: isWrong ? 1 : 0,
    }
  },
}
