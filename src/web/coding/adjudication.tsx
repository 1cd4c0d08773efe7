import * as z from 'zod'
import {
  AdjudicationRequest,
  isSameReading,
  JointPassageRequest,
  jointOf,
  MOST_PASSAGES,
  type Passage,
  takes,
} from '../../core/coding.ts'
import { LedgerError, type Problem } from '../../core/error.ts'
import type { Typed } from '../../http/form.ts'
import * as paths from '../../http/paths.ts'
import { adjudicate, pairsOf } from '../../ledger/coding/adjudicate.ts'
import type { Ledger, Unit } from '../../ledger/ledger.ts'
import type { RoundRow } from '../../store/coding.ts'
import { Field, type FormFrame, FormProblems, type FormTable, fieldId, Messages } from '../ui/field.tsx'
import { type Fields, many, once, onceEach, text } from '../ui/fields.ts'
import { type Draft, emptyDraft, parsed, typedIn } from '../ui/problem.ts'
import { JOINT_PASSAGE, PassageFields, passageFrom, valuesOf } from './passage.tsx'
import { Read, Words } from './words.tsx'

const FORM = 'joint'
const BECAUSE: FormTable = { '/because': { label: 'Why', rows: 2, maxlength: 5000 } }
const TAKE = {
  first: 'The first reading',
  second: 'The second reading',
  own: 'A reading of my own',
  neither: 'Nothing: leave it out',
} as const
/** Passages that neither coder marked can be added, so many at a time. */
const MORE = ['x0', 'x1']
const WRONG = 'Nothing was recorded yet: something is missing or cannot be.'

export const adjudicationFields: Fields = {
  own: {
    mark: many(z.string().regex(/^[mx]\d{1,3}$/u, 'is no pair of readings'), 2 * MOST_PASSAGES + MORE.length),
    '/because': once(text()),
  },
  part: { take: once(z.enum(takes)), ...onceEach([...Object.keys(JOINT_PASSAGE), '/start']) },
}

/** What was typed of one pair, by the names that a passage has. */
const partOf = (form: Typed, mark: string): Typed =>
  new Map(
    [...form].flatMap(([name, values]) =>
      name.startsWith(`${mark}:`) ? [[name.slice(mark.length + 1), values] as const] : [],
    ),
  )

/** Records what the form says; what is wrong with a part of it is said of that part. */
export function adjudicateFrom(ledger: Ledger, unit: Unit, id: string, form: Typed) {
  const problems: Problem[] = []
  const marks = form.get('mark') ?? []
  const taken = marks.flatMap((mark) => {
    const part = partOf(form, mark)
    const take = typedIn({ typed: part }, 'take')
    const isMore = mark.startsWith('x')
    if (!isMore && take === '') problems.push({ pointer: `${mark}:take`, message: 'is required' })
    const isOwn = isMore ? [...part.values()].some(([value]) => value !== '') : take === 'own'
    return [{ mark, take: isMore ? [] : [take], own: isOwn ? ownOf(mark, part, problems) : [] }]
  })
  if (problems.length > 0) throw new LedgerError('invalid', WRONG, problems)
  const because = typedIn({ typed: form }, '/because')
  const request = parsed(AdjudicationRequest, {
    takes: taken.flatMap(({ take }) => take),
    own: taken.flatMap(({ own }) => own),
    ...(because === '' ? {} : { because }),
  })
  const owners = taken.flatMap(({ mark, own }) => own.map(() => mark))
  return adjudicate(ledger, unit, id, request).catch((error: unknown) => {
    if (!(error instanceof LedgerError) || error.problems.length === 0) throw error
    const found = error.problems.map(({ pointer, message }) => ({
      pointer: pointer
        .replace(/^\/own\/(\d+)/u, (_, k: string) => `${owners[Number(k)]}:`)
        .replace(/^\/takes\/(\d+)$/u, 'm$1:take'),
      message,
    }))
    throw new LedgerError(error.code, WRONG, found)
  })
}

function ownOf(mark: string, part: Typed, problems: Problem[]): JointPassageRequest[] {
  try {
    return [passageFrom(JointPassageRequest, part)]
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    problems.push(
      ...error.problems.map(({ pointer, message }) => ({ pointer: `${mark}:${pointer}`, message })),
    )
    return []
  }
}

/** The frame of one part, with what is wrong with it. */
function frameOf(mark: string, draft: Draft, passage: Passage | null, isAlike = false): FormFrame {
  const isReturned = draft.message !== null
  const problems = draft.problems.flatMap(({ pointer, message }) =>
    pointer.startsWith(`${mark}:`) ? [{ pointer: pointer.slice(mark.length + 1), message }] : [],
  )
  const values = passage === null ? {} : valuesOf(jointOf(passage))
  if (isAlike) values.take = 'first'
  return {
    id: `${FORM}-${mark}`,
    fields: { ...JOINT_PASSAGE, take: { label: 'The joint reading takes' } },
    draft: {
      ...(isReturned ? { ...draft, typed: partOf(draft.typed, mark) } : emptyDraft(values)),
      problems,
      message: null,
    },
    prefix: `${mark}:`,
  }
}

/** All fields by the names under which problems come back, so that each can be led to. */
const allFields = (frames: readonly FormFrame[]): FormTable => ({
  ...Object.fromEntries(
    frames.flatMap(({ fields, prefix }, i) =>
      Object.entries(fields).map(([name, spec]) => [
        `${prefix}${name}`,
        { ...spec, label: `${i + 1}: ${spec.label}` },
      ]),
    ),
  ),
  ...BECAUSE,
})

/** The form of the joint reading: of each pair one, another, or nothing; no names, and nobody's own probability. */
export function Adjudication({ round, draft = emptyDraft() }: { round: RoundRow; draft: Draft | undefined }) {
  const id = round.record.id
  const pairs = pairsOf(round)
  const frames = pairs.map(({ first, second }, i) =>
    frameOf(`m${i}`, draft, first ?? second, isAlike({ first, second })),
  )
  const more = MORE.map((mark) => frameOf(mark, draft, null))
  const frame: FormFrame = { id: FORM, fields: allFields([...frames, ...more]), draft }
  const isAdding = more.some(({ draft: { typed } }) => [...typed.values()].some(([value]) => value !== ''))
  return (
    <section>
      <h2>The joint reading</h2>
      <p>
        Decide on each pair by the codebook. The names of the coders, and what they themselves thought likely,
        are not shown here until you have. What both read alike is chosen already: change it where both are
        wrong.
      </p>
      <FormProblems frame={frame} />
      <form method="post" action={paths.codingAdjudication(id)}>
        <ol class="coded-list">
          {pairs.map((pair, i) => (
            <Pair pair={pair} frame={frames[i] as FormFrame} />
          ))}
        </ol>
        {pairs.length === 0 ? <p>Neither marked anything.</p> : null}
        <details open={isAdding}>
          <summary>Add what neither of them marked</summary>
          {more.map((one, i) => (
            <fieldset class="another">
              <legend>{i === 0 ? 'A passage that neither marked' : 'Another one'}</legend>
              <input type="hidden" name="mark" value={MORE[i]} />
              <PassageFields frame={one} />
            </fieldset>
          ))}
          <p class="hint">What stays empty is left out.</p>
        </details>
        <Field frame={frame} name="/because" />
        <p class="actions">
          <button type="submit">Record the joint reading</button>
          <span class="soft small">Once it is recorded nothing of it changes any more.</span>
        </p>
      </form>
    </section>
  )
}

type Pair = ReturnType<typeof pairsOf>[number]
const isAlike = ({ first, second }: Pair) => first !== null && second !== null && isSameReading(first, second)

type PairProps = { pair: Pair; frame: FormFrame }

function Pair({ pair: { first, second }, frame }: PairProps) {
  const { prefix = '', draft } = frame
  const alike = isAlike({ first, second })
  return (
    <li class="joint-pair">
      <input type="hidden" name="mark" value={prefix.replace(':', '')} />
      {alike && first !== null ? (
        <>
          <h3>Both alike</h3>
          <Words passage={first} language={undefined} />
          <Read passage={first} />
        </>
      ) : (
        <div class="two-codings">
          {[first, second].map((passage, n) => (
            <section>
              <h3>{n === 0 ? 'First reading' : 'Second reading'}</h3>
              {passage === null ? (
                <p class="soft">Marked nothing here.</p>
              ) : (
                <>
                  <Words passage={passage} language={undefined} />
                  <Read passage={passage} />
                </>
              )}
            </section>
          ))}
        </div>
      )}
      <fieldset class="field" id={fieldId(frame.id, 'take')}>
        <legend>The joint reading takes</legend>
        <div class="choices">
          {takes
            .filter((take) => (take !== 'first' && take !== 'second') || { first, second }[take] !== null)
            .filter((take) => !alike || take !== 'second')
            .map((take) => (
              <label>
                <input
                  type="radio"
                  name={`${prefix}take`}
                  value={take}
                  checked={typedIn(draft, 'take') === take}
                />{' '}
                {alike && take === 'first' ? 'What both read' : TAKE[take]}
              </label>
            ))}
        </div>
        <Messages frame={frame} name="take" />
      </fieldset>
      <div class="if-own">
        <p class="hint">
          It begins as the {alike ? 'common' : first === null ? 'second' : 'first'} reading: change what is
          otherwise.
        </p>
        <PassageFields frame={frame} />
      </div>
    </li>
  )
}
