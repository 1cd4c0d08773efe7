import { stringify } from 'yaml'
import { type About, descriptionOf, KEYWORDS, licences } from './about.ts'

/** CITATION.cff, as Citation File Format 1.2.0 has it (https://citation-file-format.github.io). */
export function citationFile(about: About): string {
  const { title, version, authors, licence, doi, url, released_on, log } = about
  return stringify({
    'cff-version': '1.2.0',
    message: 'If you use this data set, please cite it as below.',
    type: 'dataset',
    title,
    abstract: descriptionOf(about),
    version,
    'date-released': released_on,
    authors: authors.map((name) => ({ name })),
    keywords: KEYWORDS,
    ...(licence === null ? {} : { license: licence }),
    ...(doi === null ? {} : { doi }),
    ...(url === null ? {} : { url }),
    identifiers: [
      {
        type: 'other',
        value: `${log.origin} ${log.size}`,
        description: 'The log, and how many of its entries are in it.',
      },
    ],
  })
}

/** The metadata of DataCite (schema 4.6), in its JSON. */
export function dataCite(about: About) {
  const { title, version, authors, publisher, licence, doi, url, released_on, as_of, log } = about
  return {
    schemaVersion: 'http://datacite.org/schema/kernel-4',
    identifiers: [
      ...(doi === null ? [] : [{ identifier: `https://doi.org/${doi}`, identifierType: 'DOI' }]),
      { identifier: `${log.origin} ${log.size}`, identifierType: 'Other' },
    ],
    ...(url === null
      ? {}
      : {
          relatedIdentifiers: [
            { relatedIdentifier: url, relatedIdentifierType: 'URL', relationType: 'IsDerivedFrom' },
          ],
        }),
    creators: authors.map((name) => ({ name, nameType: 'Organizational' })),
    titles: [{ title }],
    publisher,
    publicationYear: released_on.slice(0, 4),
    types: { resourceTypeGeneral: 'Dataset', resourceType: 'Record of forecasts' },
    subjects: KEYWORDS.map((subject) => ({ subject })),
    dates: [
      { date: released_on, dateType: 'Issued' },
      { date: as_of, dateType: 'Collected', dateInformation: 'The last entry of the log that is in it.' },
    ],
    language: 'en',
    version,
    formats: ['text/csv'],
    rightsList:
      licence === null
        ? []
        : [
            {
              rights: `${licence}, of the columns that datapackage.json says it of`,
              rightsUri: licences[licence],
              rightsIdentifier: licence,
              rightsIdentifierScheme: 'SPDX',
              schemeUri: 'https://spdx.org/licenses/',
            },
          ],
    descriptions: [{ description: descriptionOf(about), descriptionType: 'Abstract' }],
  }
}
