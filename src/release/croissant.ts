import { textHash } from '../log/entry.ts'
import { type About, descriptionOf, fileOf, KEYWORDS, licences } from './about.ts'
import type { Table } from './table.ts'

/** The context that Croissant 1.0 prescribes (https://docs.mlcommons.org/croissant/docs/croissant-spec.html). */
const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileProperty: 'cr:fileProperty',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  rai: 'http://mlcommons.org/croissant/RAI/',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
}

const DATA_TYPES: Record<Table['columns'][number]['type'], string> = {
  string: 'sc:Text',
  integer: 'sc:Integer',
  number: 'sc:Float',
  boolean: 'sc:Boolean',
  date: 'sc:Date',
  datetime: 'sc:DateTime',
  // Cells of JSON.
  array: 'sc:Text',
  object: 'sc:Text',
}

/** The description of the data set in Croissant 1.0. Which column refers to which is left to the data package: readers would join what belongs to tables of their own. */
export function croissant(tables: readonly Table[], about: About) {
  const { title, version, authors, publisher, licence, url, doi, released_on } = about
  return {
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    name: title,
    description: descriptionOf(about),
    version,
    datePublished: released_on,
    ...(doi === null && url === null ? {} : { url: doi === null ? url : `https://doi.org/${doi}` }),
    ...(licence === null ? {} : { license: licences[licence] }),
    citeAs: citation(about),
    keywords: KEYWORDS,
    creator: authors.map((name) => ({ '@type': 'sc:Organization', name })),
    publisher: { '@type': 'sc:Organization', name: publisher },
    distribution: tables.map((table) => ({
      '@type': 'cr:FileObject',
      '@id': fileOf(table),
      name: fileOf(table),
      description: table.row,
      contentUrl: fileOf(table),
      encodingFormat: 'text/csv',
      sha256: textHash(table.csv),
    })),
    // A table without rows has no records to be described.
    recordSet: tables.filter(({ rows }) => rows > 0).map(recordSet),
  }
}

function recordSet({ name, row, key, columns }: Table) {
  return {
    '@type': 'cr:RecordSet',
    '@id': name,
    name,
    description: row,
    key: key.map((column) => ({ '@id': `${name}/${column}` })),
    field: columns.map((column) => ({
      '@type': 'cr:Field',
      '@id': `${name}/${column.name}`,
      name: column.name,
      description: column.rule === undefined ? column.meaning : `${column.meaning} ${column.rule}`,
      dataType: DATA_TYPES[column.type],
      source: { fileObject: { '@id': `${name}.csv` }, extract: { column: column.name } },
    })),
  }
}

/** How the data set is cited, in words. */
export const citation = ({ authors, released_on, title, version, publisher, doi, url }: About): string =>
  [
    `${authors.join('; ')} (${released_on.slice(0, 4)}). ${title} (version ${version}) [Data set]. ${publisher}.`,
    ...(doi === null ? (url === null ? [] : [url]) : [`https://doi.org/${doi}`]),
  ].join(' ')
