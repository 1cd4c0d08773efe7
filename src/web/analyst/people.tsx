import * as paths from '../../http/paths.ts'
import type { AnalystFigures, NamedAlarm } from '../../scoring/analysts-document.ts'
import { expectedText, shareText } from '../../scoring/figure-text.ts'
import { ChanceKey, ChanceLine } from '../charts/chance-line.tsx'
import { counted, unbroken } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { sentenceText } from '../ui/record-words.ts'
import { TableHead } from '../ui/table-head.tsx'

type Logged = ReadonlyMap<string, number>
type PeopleProps = { people: readonly AnalystFigures[]; logged: Logged; alarms: readonly NamedAlarm[] }

const COLUMNS = ['Analyst', 'None to all of the claims', 'Came true', 'To be expected', 'Can be checked']

/** One row each: a picture, and the same in words. */
export function People({ people, logged, alarms }: PeopleProps) {
  const alarmOf = new Map(alarms.map(({ id, sentence }) => [id, sentence]))
  return (
    <>
      <ChanceKey />
      <table class="rows stacked people">
        <TableHead columns={COLUMNS} />
        <tbody>
          {people.map((person) => (
            <Row
              person={person}
              logged={logged.get(person.id) ?? person.forecasts}
              alarm={alarmOf.get(person.id)}
            />
          ))}
        </tbody>
      </table>
      <p class="small soft">
        Only what was logged live counts here: before the outcome was known, and within 30 days of being said.
        A row is coloured, and says so, where its claims came true more or less often than chance allows for,
        among all who are listed. Can be checked: of what was said in sources read from end to end.
      </p>
    </>
  )
}

type RowProps = { person: AnalystFigures; logged: number; alarm: string | undefined }

function Row({ person, logged, alarm }: RowProps) {
  const { id, name, claims, checkable } = person
  const { n, came_true, promised, chance, differs } = claims
  const expected = expectedText(promised, n, came_true)
  const came = n === 0 ? null : unbroken(`${came_true} of ${n.toLocaleString('en')}`)
  return (
    <tr class={differs === null ? undefined : 'differs'}>
      <th scope="row">
        <a href={paths.analyst(id)}>
          <Original>{name}</Original>
        </a>
        <span class="small soft under">{loggedText(person, logged)}</span>
        {alarm === undefined ? null : <span class="small under alarm">{sentenceText(alarm)}</span>}
      </th>
      <td class="text picture">
        {chance === null ? (
          <span class="soft">{person.scored === 0 ? 'Nothing is decided.' : 'None says yes or no.'}</span>
        ) : (
          <ChanceLine
            n={n}
            cameTrue={came_true}
            expected={promised}
            chance={chance}
            says={`${came} came true; ${expected} to be expected; 9 of 10 such records would end between ${chance[0]} and ${chance[1]}`}
          />
        )}
      </td>
      <td data-name={COLUMNS[2]} class="came">
        {came ?? '—'}
        {differs === null ? null : (
          <span class="small under">
            {differs === 'fewer' ? 'fewer than expected' : 'more than expected'}
          </span>
        )}
      </td>
      <td data-name={COLUMNS[3]}>{n === 0 ? '—' : expected}</td>
      <td data-name={COLUMNS[4]}>{checkable?.share == null ? '—' : unbroken(shareText(checkable.share))}</td>
    </tr>
  )
}

/** "34 forecasts, 30 of them logged live, 2 too vague". */
function loggedText({ forecasts, too_vague }: AnalystFigures, logged: number): string {
  const live =
    forecasts === logged
      ? logged === 1
        ? ', logged live'
        : ', all logged live'
      : `, ${forecasts} logged live`
  return `${counted(logged, 'forecast')}${logged === 0 ? '' : live}${too_vague === 0 ? '' : `, ${too_vague} too vague`}`
}
