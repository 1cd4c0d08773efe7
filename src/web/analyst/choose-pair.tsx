import * as paths from '../../http/paths.ts'

type Person = { id: string; name: string }

type ChoosePairProps = { analysts: readonly Person[]; chosen?: readonly string[] }

/** Two menus and a button: works without script. */
export const ChoosePair = ({ analysts, chosen = [] }: ChoosePairProps) =>
  analysts.length < 2 ? (
    <p class="soft">It takes two analysts to compare.</p>
  ) : (
    <form action={paths.compare()} method="get" class="pair-choice">
      {[0, 1].map((place) => (
        <div class="field">
          <label for={`analyst-${place}`}>{place === 0 ? 'One analyst' : 'Another'}</label>
          <select id={`analyst-${place}`} name="analysts">
            {analysts.map(({ id, name }, i) => (
              <option value={id} selected={chosen[place] === undefined ? i === place : chosen[place] === id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      ))}
      <button type="submit">Compare</button>
    </form>
  )
