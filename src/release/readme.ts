import { type About, descriptionOf, fileOf } from './about.ts'
import { citation } from './croissant.ts'
import type { Table } from './table.ts'

export const archiveName = (version: string): string => `reckoning-${version}.zip`

/** README.md of a release. */
export function readme(tables: readonly Table[], about: About): string {
  const { title, version, log, licence, quotes, url } = about
  const archive = archiveName(version)
  return `# ${title}, version ${version}

${descriptionOf(about)}

## The tables

| file | rows | a row is |
|---|---|---|
${tables.map((table) => `| ${fileOf(table)} | ${table.rows} | ${table.row} |`).join('\n')}

codebook.txt says of every column what it means, its unit, its levels and its rule; codebook.csv says the same to programs. datapackage.json (Data Package 2.0) and croissant.json (Croissant 1.0) describe the tables to those who read these formats.

In Python, with pandas, and in R, without a package:

    forecasts = pandas.read_csv(zipfile.ZipFile("${archive}").open("forecasts.csv"))
    forecasts <- read.csv(unz("${archive}", "forecasts.csv"))

## What is in it, and what is not

Everything that the ledger publishes of its record, and nothing that its members keep: no drafts, no texts of sources, no names of members. Of what was taken out of the ledger since it was recorded, the words are not in it. ${
    quotes
      ? ''
      : 'The words of others are left out of this release: quotes, translations, words of probability, replies and what evidence says. '
  }Days of states and scores are as of the last entry, and so are counts; figures that too few forecasts cannot support are empty.

## Rights

Each column has its own, in the codebook and in datapackage.json. ${
    licence === null
      ? 'For what the ledger made itself no licence is stated: ask whoever runs it.'
      : `What the ledger made itself is under ${licence}.`
  } ${quotes ? 'Words of others are quoted with their source; the rights in them stay where they are. ' : ''}Names, titles and addresses are named as such.

## Cite it

${citation(about)}

CITATION.cff and datacite.json say the same to programs.

## Verify it

\`checkpoint\` is what the ledger signed when this was made: the log ${log.origin} with ${log.size} entries. \`key\` is the key that it signed with. The column seq names the entry of each row.

- Whether the ledger still holds all that it held then: \`reckon verify ${url ?? 'ADDRESS'} --pin checkpoint\`, or without any program of ours \`python3 verify.py ${url ?? 'ADDRESS'} --pin checkpoint\`.
- Whether a row is in that log: \`/api/log/entries/{id}/receipt\` of the ledger is its proof.
- Whether these tables are what the log says: \`reckon release ${version}\` on a copy of the ledger that ends at the same entry, with the same options and the same version of Reckoning, writes the same bytes.
`
}
