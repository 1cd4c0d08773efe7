import { utf8 } from '../log/encoding.ts'
import { textHash } from '../log/entry.ts'
import { type About, descriptionOf, fileOf, KEYWORDS, licences } from './about.ts'
import { licenceOf } from './codebook.ts'
import type { Table } from './table.ts'

/** A name as Data Package has them: small letters, digits, `.`, `_` and `-`. */
const packageName = (version: string) => `reckoning-${version.toLowerCase().replace(/[^a-z0-9._-]/gu, '-')}`

/** The descriptor of a Data Package (https://datapackage.org, version 2), with the schema of each table. */
export function dataPackage(tables: readonly Table[], about: About) {
  const { title, version, authors, publisher, licence, url, doi } = about
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: packageName(version),
    ...(doi === null ? {} : { id: `https://doi.org/${doi}` }),
    title,
    description: descriptionOf(about),
    version,
    created: about.as_of,
    ...(url === null ? {} : { homepage: url }),
    keywords: KEYWORDS,
    contributors: [
      ...authors.map((name) => ({ title: name, roles: ['creator'] })),
      { title: publisher, roles: ['publisher'] },
    ],
    ...(licence === null ? {} : { licenses: [{ name: licence, path: licences[licence] }] }),
    resources: tables.map((table) => resourceOf(table, about)),
  }
}

function resourceOf(table: Table, about: About) {
  const { name, title, row, csv } = table
  return {
    name,
    type: 'table',
    title,
    description: row,
    path: fileOf(table),
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    bytes: utf8(csv).length,
    hash: `sha256:${textHash(csv)}`,
    schema: {
      fields: table.columns.map((column) => fieldOf(column, about)),
      missingValues: [''],
      primaryKey: table.key,
      ...(table.references.length === 0
        ? {}
        : {
            foreignKeys: table.references.map(({ fields, table: to, of }) => ({
              fields,
              // A table that refers to itself names no resource.
              reference: { resource: to === name ? '' : to, fields: of },
            })),
          }),
    },
  }
}

function fieldOf(column: Table['columns'][number], about: About) {
  const { name, type, meaning, rule, unit, levels, required } = column
  const constraints = {
    ...(required ? { required } : {}),
    ...(levels === undefined ? {} : { enum: Object.keys(levels) }),
  }
  return {
    name,
    type,
    // An instant with its zone; milliseconds are written.
    ...(type === 'datetime' ? { format: 'any' } : {}),
    description: rule === undefined ? meaning : `${meaning} ${rule}`,
    ...(unit === undefined ? {} : { unit }),
    ...(levels === undefined
      ? {}
      : { categories: Object.entries(levels).map(([value, label]) => ({ value, label })) }),
    licence: licenceOf(column, about),
    ...(Object.keys(constraints).length === 0 ? {} : { constraints }),
  }
}
