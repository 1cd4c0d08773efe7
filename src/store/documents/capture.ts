import type { Database } from '../database.ts'
import { pageOfAnalysts, pageOfQuestions, pageOfSources, statementsFrom } from '../nouns.ts'
import { likelyOf } from '../persons.ts'
import { ask, known, together } from '../query.ts'
import { secondReadings } from '../second-readings.ts'
import { questionsLike } from '../similar.ts'

const SIMILAR = 3
const MOST = 200
const MOST_SPEAKERS = 20

/** What a capture is about: the recorded source that it goes on in, the titles that its marks ask, and who speaks. */
export type Asked = {
  capture: string
  source: string | null
  titles: readonly string[]
  names: readonly string[]
}

/** Whom each of these names means, or may mean. */
export const speakersNamed = (names: readonly string[]) =>
  together(Object.fromEntries(names.slice(0, MOST_SPEAKERS).map((name) => [name, likelyOf(name)])))

/** What the page of a capture offers to choose from, and which recorded questions are like those of its marks. */
export const readCapturePage = (db: Database, { capture, source, titles, names }: Asked, now: Date) =>
  ask(
    db,
    together({
      sources: pageOfSources({ limit: MOST }),
      analysts: pageOfAnalysts({}, { limit: MOST }),
      statements: source === null ? known([]) : statementsFrom(source),
      questions: titles.length === 0 ? known({ items: [] }) : pageOfQuestions({}, now, { limit: MOST }),
      speakers: speakersNamed(names),
      second: secondReadings(capture),
      similar: together(Object.fromEntries(titles.map((title) => [title, questionsLike(title, SIMILAR)]))),
    }),
  )
