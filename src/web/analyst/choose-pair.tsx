import * as paths from '../../http/paths.ts'
import { ROBOTS } from '../../scoring/robot.ts'

type Person = { id: string; name: string }

type ChoosePairProps = { analysts: readonly Person[]; chosen?: readonly string[] }

/** Two menus and a button: works without script. */
export function ChoosePair({ analysts, chosen = [] }: ChoosePairProps) {
  if (analysts.length === 0) return <p class="soft">It takes somebody to compare.</p>
  const first = [...analysts, ...ROBOTS].map(({ id }) => id)
  const option =
    (place: number) =>
    ({ id, name }: Person) => (
      <option value={id} selected={id === (chosen[place] ?? first[place])}>
        {name}
      </option>
    )
  return (
    <form action={paths.compare()} method="get" class="pair-choice">
      {[0, 1].map((place) => (
        <div class="field">
          <label for={`analyst-${place}`}>{place === 0 ? 'One analyst' : 'Another'}</label>
          <select id={`analyst-${place}`} name="analysts">
            {analysts.map(option(place))}
            <optgroup label="Not people: rules">{ROBOTS.map(option(place))}</optgroup>
          </select>
        </div>
      ))}
      <button type="submit">Compare</button>
    </form>
  )
}
