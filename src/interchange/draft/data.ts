import { chanceIn, claimIn, scaleOf } from './chance.ts'
import { type Chance, type ClaimList, fieldOf, NO_PROBABILITY } from './claim.ts'
import { headed } from './markdown.ts'
import { besides, chanceOf } from './table.ts'

type Path = readonly (string | number)[]
type Scale = 1 | 100 | null
type Walk = { list: ClaimList; lineOf: (at: Path) => number; scale: Scale }
/** The keys above a place: what it is about, and how likely all of it is, such as "90 %". */
type Above = { topics: readonly string[]; shared: Chance | null }

/** The claims of data out of YAML or JSON, whatever its shape: lists of texts, of pairs, of mappings, by topic or not. */
export function claimsInData(value: unknown, lineOf: (at: Path) => number): ClaimList {
  const list: ClaimList = { claims: [], unread: [] }
  const scale = scaleOf(numbersIn(value))
  if (isMapping(value)) headed(list, value)
  walk(value, [], { topics: [], shared: null }, { list, lineOf, scale })
  return list
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isScalar = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number'
const isPhrase = (text: string): boolean => /\p{L}\S*\s+\S/u.test(text.trim())

/** The claim of a mapping that is one, under a name for it. */
const claimKeyOf = (record: Record<string, unknown>): string | undefined =>
  ['words', 'title'].flatMap((wanted) =>
    Object.keys(record).filter((key) => fieldOf(key) === wanted && typeof record[key] === 'string'),
  )[0]
const chanceKeyOf = (record: Record<string, unknown>): string | undefined =>
  Object.keys(record).find((key) => fieldOf(key) === 'probability')

/** Every number that stands where a probability does. */
function numbersIn(value: unknown): number[] {
  if (Array.isArray(value))
    return isPair(value) && typeof value[1] === 'number' ? [value[1]] : value.flatMap(numbersIn)
  if (!isMapping(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner !== 'number'
      ? numbersIn(inner)
      : fieldOf(key) === 'probability' || (isPhrase(key) && isChance(inner))
        ? [inner]
        : [],
  )
}

function walk(value: unknown, at: Path, above: Above, held: Walk): void {
  if (isPair(value)) add(value[0], value[1], at, above, held)
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, [...at, i], above, held)
  else if (isMapping(value)) mapping(value, at, above, held)
  else if (typeof value === 'string') line(value, at, above, held)
}

const isPair = (value: unknown): value is [string, string | number] =>
  Array.isArray(value) &&
  value.length === 2 &&
  typeof value[0] === 'string' &&
  isPhrase(value[0]) &&
  isChance(value[1])

const isChance = (value: unknown): value is string | number =>
  typeof value === 'number'
    ? value >= 0 && value <= 100
    : typeof value === 'string' && chanceIn(value) !== null

function line(text: string, at: Path, { topics, shared }: Above, { list, lineOf }: Walk): void {
  const found = claimIn(text.trim())
  const place = { line: lineOf(at), topics, remarks: [] }
  if (found !== null && 'words' in found) list.claims.push({ ...place, ...found })
  else if (found === null && shared !== null)
    list.claims.push({ ...place, words: text.trim(), probability: shared })
  else list.unread.push({ line: lineOf(at), text, why: found?.why ?? NO_PROBABILITY })
}

function mapping(record: Record<string, unknown>, at: Path, above: Above, held: Walk): void {
  const claim = claimKeyOf(record)
  const chance = chanceKeyOf(record)
  const said = chance === undefined ? undefined : record[chance]
  if (claim !== undefined && isScalar(said)) {
    const others = Object.entries(record).filter(([key]) => key !== claim && key !== chance)
    const { fields, left } = besides(others.map(([key, inner]) => [key, shownValue(inner)]))
    add(String(record[claim]), said, at, above, held, { fields, left, name: chance })
    return
  }
  for (const [key, inner] of Object.entries(record)) {
    const place = [...at, key]
    if (isScalar(inner)) {
      const isOwn = at.length === 0 && fieldOf(key) !== undefined && !isPhrase(key)
      if (isPhrase(key) && isChance(inner)) add(key, inner, place, above, held)
      else if (typeof inner === 'string' && claimIn(inner) !== null) line(inner, place, above, held)
      else if (!isOwn)
        held.list.unread.push({ line: held.lineOf(place), text: `${key}: ${inner}`, why: NO_PROBABILITY })
    } else walk(inner, place, below(above, key), held)
  }
}

// Keys that name the list, not what it is about.
const isTopic = (key: string): boolean =>
  !/^(?:predictions?|forecasts?|claims?|questions?|statements?|items?|data|list|entries|results|topics?|categories|sections)$/iu.test(
    key,
  )

function below(above: Above, key: string): Above {
  const shared = chanceIn(key)
  if (shared !== null) return { ...above, shared }
  return isTopic(key) ? { ...above, topics: [...above.topics, key] } : above
}

const shownValue = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

function add(
  words: string,
  said: string | number,
  at: Path,
  { topics }: Above,
  { list, lineOf, scale }: Walk,
  beside: Partial<ReturnType<typeof besides>> & { name?: string | undefined } = {},
): void {
  const probability = chanceOf(String(said), scale)
  const { left = [], fields = {}, name = 'probability' } = beside
  list.claims.push({
    line: lineOf(at),
    words: words.trim(),
    probability,
    topics,
    remarks: [...(probability === null ? [`${name}: ${said}`] : []), ...left],
    ...fields,
  })
}
