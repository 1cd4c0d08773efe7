/**
 * RFC 8785 (JCS): the one text of a JSON value, so that two programs hash the same bytes.
 * ECMAScript already prints numbers and strings as JCS asks; what is left is the order of names (UTF-16 units).
 * Throws a TypeError for what JSON cannot hold: undefined, NaN, infinities, lone surrogates.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('half of a surrogate pair has no canonical form')
    return JSON.stringify(value)
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`)
    return JSON.stringify(value)
  }
  if (value === null || typeof value === 'boolean') return String(value)
  // Not map: it would pass over holes in silence.
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalJson(item)).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} has no canonical form`)
  const record = value as Record<string, unknown>
  let members = ''
  for (const name of Object.keys(record).sort()) {
    const member = record[name]
    if (member === undefined) continue
    members += `${members === '' ? '' : ','}${canonicalJson(name)}:${canonicalJson(member)}`
  }
  return `{${members}}`
}
