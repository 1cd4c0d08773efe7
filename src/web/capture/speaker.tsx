import { type Namesake, namesakesOf } from '../../capture/namesake.ts'
import type { Analyst } from '../../core/analyst.ts'
import type { CaptureDraft } from '../../core/capture.ts'
import { unwritable } from '../../core/slug.ts'
import * as paths from '../../http/paths.ts'
import type { Likely } from '../../store/persons.ts'
import { type FormFrame, fieldId, Messages } from '../ui/field.tsx'
import { Original } from '../ui/original.tsx'
import { typedIn } from '../ui/problem.ts'
import { listed } from '../ui/typed.ts'
import { Part } from './fields.tsx'
import { Do } from './question.tsx'

/** Whom each typed name may mean: of those that are recorded, and of those that the capture names beside it. */
export type Speakers = Readonly<Record<string, Likely & { readonly beside?: readonly Namesake[] }>>

/** The names of a capture, compared with each other as with those that are recorded. */
export function besideEachOther(
  draft: Pick<CaptureDraft, 'analyst' | 'marks'>,
  recorded: Readonly<Record<string, Likely>>,
): Speakers {
  const beside = namesakesOf(draft, (name) => (recorded[name]?.is ?? null) !== null)
  return Object.fromEntries(
    Object.entries(recorded).map(
      ([name, likely]) => [name, { ...likely, beside: beside[name] ?? [] }] as const,
    ),
  )
}

/** Whether another name of the capture may be the same person's. */
export const isShared = (speakers: Speakers, name: string): boolean =>
  (speakers[name.trim()]?.beside ?? []).length > 0

export const SPEAKER = ['/analyst/name', '/analyst/id', '/analyst/distinct_from']

type SpeakerProps = {
  frame: FormFrame
  speakers: Speakers
  /** Whether a button of the page puts the recorded name in place of the typed one. */
  isLive?: boolean
}

/** Who speaks, with the names that are known already. */
export const AnalystField = ({ names, ...props }: SpeakerProps & { names: readonly string[] }) => (
  <div>
    <Part
      frame={props.frame}
      name="/analyst/name"
      list="known-analysts"
      hint="A name known already is recognised."
    />
    <datalist id="known-analysts">
      {names.map((name) => (
        <option value={name} />
      ))}
    </datalist>
    <Speaker {...props} />
  </div>
)

/** Whom the name means, or may mean; and an id where none can be made of it. */
export function Speaker({ frame, speakers, isLive = false }: SpeakerProps) {
  const name = typedIn(frame.draft, '/analyst/name').trim()
  const { is = null, may = [], beside = [] } = speakers[name] ?? {}
  const others = [...may, ...beside].map(({ id }) => id)
  const apart = new Set(listed(typedIn(frame.draft, '/analyst/distinct_from')))
  const isApart = others.length > 0 && others.every((id) => apart.has(id))
  const asksId =
    typedIn(frame.draft, '/analyst/id') !== '' ||
    frame.draft.problems.some(({ pointer }) => pointer.endsWith('/analyst/id')) ||
    (name !== '' && (is === null || isApart) && unwritable(name) !== null)
  return (
    <div class="similar" id={`speaker-${frame.id}`} data-live>
      {is === null || isApart ? null : (
        <p class="small soft">
          Recorded already: <Known analyst={is} />
        </p>
      )}
      {is !== null || may.length === 0 ? null : (
        <>
          <p class="small soft">
            Recorded already? One person has one record{isLive ? '.' : ': if it is this one, type that name.'}
          </p>
          <ul>
            {may.map((analyst) => (
              <li>
                <Known analyst={analyst} />{' '}
                {isLive ? <Do does={`speaker:${frame.id}:${analyst.name}`}>It is this one</Do> : null}
              </li>
            ))}
          </ul>
        </>
      )}
      {beside.length === 0 ? null : (
        <>
          <p class="small soft">Named in this text, too? One person has one name here.</p>
          <ul>
            {beside.map((one) => (
              <li>
                <Original>{one.name}</Original>{' '}
                {isLive ? <Do does={`speaker:${frame.id}:${one.name}`}>It is this one</Do> : null}
              </li>
            ))}
          </ul>
        </>
      )}
      {others.length === 0 ? null : <Another frame={frame} ids={others} isApart={isApart} />}
      {asksId ? <Part frame={frame} name="/analyst/id" placeholder="ada-lovelace" /> : null}
    </div>
  )
}

const Known = ({ analyst: { id, name, affiliation } }: { analyst: Analyst }) => (
  <>
    <a href={paths.analyst(id)}>
      <Original>{name}</Original>
    </a>
    {affiliation === undefined ? null : (
      <>
        , <bdi>{affiliation}</bdi>
      </>
    )}
  </>
)

function Another({ frame, ids, isApart }: { frame: FormFrame; ids: readonly string[]; isApart: boolean }) {
  const id = fieldId(frame.id, '/analyst/distinct_from')
  return (
    <>
      <label for={id} class="small">
        <input
          type="checkbox"
          id={id}
          name={`${frame.prefix ?? ''}/analyst/distinct_from`}
          value={ids.join(', ')}
          checked={isApart}
        />{' '}
        Another person
      </label>
      <Messages frame={frame} name="/analyst/distinct_from" />
    </>
  )
}
