import type { Mark } from '../../core/capture.ts'
import { slugCandidates } from '../../core/slug.ts'
import type { Database } from '../../store/database.ts'
import { findQuestion } from '../../store/lookups.ts'

type Asked = { mark: Mark; id: string }
type Drafted = Extract<Mark['question'], object>

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/**
 * The new questions of a capture, by mark, with what they imply as ids: a mark names another as `#m2`. A ladder whose
 * family nobody named takes that of the lowest rung, or one made from its title: its rungs are one development.
 */
export async function laddersOf(db: Database, asked: readonly Asked[]): Promise<Map<string, Drafted>> {
  const own = new Map<string, { id: string; question: Drafted }>(
    asked.flatMap(({ mark, id }) =>
      mark.kind === 'forecast' && typeof mark.question === 'object'
        ? [[`#${mark.id}`, { id, question: mark.question }] as const]
        : [],
    ),
  )
  const answered = new Map<string, string>(asked.map(({ mark }) => [`#${mark.id}`, textOf(mark.question)]))

  /** What a question implies: the mark that asks it, also where the one that is named shares its question, or an id. */
  function below({ implies }: Drafted): string {
    const name = textOf(implies)
    return own.has(name) ? name : answered.get(name) || name
  }
  const implied = new Set([...own.values()].map(({ question }) => below(question)))

  async function familyOf(name: string, seen: ReadonlySet<string> = new Set()): Promise<string | undefined> {
    const question: Drafted | undefined = own.get(name)?.question
    if (question === undefined) return (await findQuestion(db, name))?.record.family
    const named = textOf(question.family)
    if (named !== '') return named
    if (below(question) !== '')
      return seen.has(name) ? undefined : familyOf(below(question), new Set([...seen, name]))
    return implied.has(name) ? slugCandidates('family', textOf(question.title), '')[0] : undefined
  }

  const found = new Map<string, Drafted>()
  for (const [name, { question }] of own) {
    const lower = below(question)
    const family = await familyOf(name)
    found.set(name.slice(1), {
      ...question,
      ...(lower === '' ? {} : { implies: own.get(lower)?.id ?? lower }),
      ...(family === undefined ? {} : { family }),
    })
  }
  return found
}
