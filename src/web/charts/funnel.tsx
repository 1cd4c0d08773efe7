import { Figure, type Frame } from './chart.tsx'
import { listed } from './number.ts'

type Exit = { label: string; n: number }
export type Step = {
  label: string
  /** Where the step does not take up what stayed of the one before: what it does. */
  again?: Exit | null
  out: readonly Exit[]
  stays: number
}

const number = (n: number) => n.toLocaleString('en')
const exits = (out: readonly Exit[]) =>
  out.length === 0 ? 'none' : listed(out.map(({ label, n }) => `${number(n)} ${label}`))

type Props = Omit<Frame, 'numbers' | 'says'> & { whole: Exit; steps: readonly Step[] }

/** From the whole to a part of it, as an account: what went out by which way, and what stayed. */
export const Funnel = ({ whole, steps, ...figure }: Props) => (
  <Figure
    name="funnel"
    numbers={{
      head: ['Step', 'Number', 'Left out'],
      rows: [
        [whole.label, whole.n, 'none'],
        ...steps.map(({ label, stays, out }) => [label, stays, exits(out)]),
      ],
    }}
    {...figure}
  >
    <ol class="account">
      <Stays n={whole.n} label={whole.label} />
      {joined(steps).map(({ label, again, stays, out }) => (
        <>
          {again == null ? null : <Stays n={again.n} label={`${again.label}, once more`} again />}
          {out.map((exit) => (
            <li class="out">
              <span>− {number(exit.n)}</span> {exit.label}
            </li>
          ))}
          <Stays n={stays} label={label} />
        </>
      ))}
    </ol>
  </Figure>
)

/** Steps at which nothing is left out are told with the one before. */
function joined(steps: readonly Step[]): Step[] {
  const told: Step[] = []
  for (const step of steps) {
    const before = told.at(-1)
    if (before !== undefined && step.out.length === 0 && step.again == null)
      told.splice(-1, 1, { ...before, label: `${before.label}, ${step.label}` })
    else told.push(step)
  }
  return told
}

const Stays = ({ n, label, again = false }: Exit & { again?: boolean }) => (
  <li class={again ? 'stays again' : 'stays'}>
    <b>{number(n)}</b> {label}
  </li>
)
