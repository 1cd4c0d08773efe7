import type { Child } from 'hono/jsx'
import type { Problem } from '../../core/error.ts'
import { capitalised } from '../../core/text.ts'
import { dateShown, typedDay } from '../../core/typed-date.ts'
import { ExistingLinks } from './existing.tsx'
import { type Draft, fieldOf, typedIn } from './problem.ts'

export const fieldId = (form: string, name: string): string =>
  `${form}-${name.replaceAll(/[^a-z0-9]+/giu, '-').replaceAll(/^-|-$/gu, '')}`

export const sentence = (message: string): string => {
  const text = capitalised(message)
  return /[.!?]$/u.test(text) ? text : `${text}.`
}

export type Options = readonly (readonly [value: string, words: string])[]

/**
 * A field as a form shows it: a line, or with `rows` a text; with `options` it is one of a few (radio) or of many. A
 * date is typed as words, and read as one day, or (dated) a day, a month or a year.
 */
export type Spec = {
  label: string
  hint?: Child
  type?: 'date' | 'dated' | 'url'
  rows?: number
  required?: boolean
  list?: string
  placeholder?: string
  maxlength?: number
  autofocus?: boolean
  options?: Options
  radio?: boolean
  /** Said by ticking it. */
  check?: boolean
}

/** The fields of a form by their names, in the order of the page. */
export type FormTable = Readonly<Record<string, Spec>>

/** A form and its fields: what each of them needs to know where it stands. A part of a form puts `prefix` before its names. */
export type FormFrame = { id: string; fields: FormTable; draft: Draft; prefix?: string }

const labelOf = ({ fields }: FormFrame, name: string): string =>
  fields[name]?.label ?? name.replace(/^\//u, '')

/** The field at which a problem is shown, or null. */
export const placeOf = ({ fields }: FormFrame, problem: Problem): string | null =>
  fieldOf(problem, Object.keys(fields))

/** What is wrong with what was typed; of a date, why it is no day. */
export function wordsFor({ fields, draft }: FormFrame, name: string, { message }: Problem): string {
  const typed = typedIn(draft, name)
  if (fields[name]?.type !== 'date' || typed === '') return sentence(message)
  const read = typedDay(typed)
  return sentence('problem' in read ? `“${typed.slice(0, 40)}” ${read.problem}` : message)
}

const messagesAt = (frame: FormFrame, name: string): string[] =>
  frame.draft.problems
    .filter((problem) => placeOf(frame, problem) === name)
    .map((problem) => wordsFor(frame, name, problem))

type FieldProps = { frame: FormFrame; name: string } & Partial<Spec>
type OneOf = Omit<FieldProps, 'options'> & { options: Options }

/** One field as the table of its form has it; what differs where it stands is said there. */
export function Field({ frame, name, ...own }: FieldProps) {
  const { options, radio, check, ...spec } = { ...frame.fields[name], ...own }
  if (check === true) return <Check frame={frame} name={name} />
  if (options === undefined) return <Typed frame={frame} name={name} {...spec} />
  const Chosen = radio === true ? Choice : Select
  return <Chosen frame={frame} name={name} options={options} {...spec} />
}

export type Names = readonly (string | readonly string[])[]

/** Fields below one another, some of them in a row; without names all that the form has. */
export const FormFields = ({ frame, names }: { frame: FormFrame; names?: Names }) => (
  <>
    {(names ?? Object.keys(frame.fields)).map((name) =>
      typeof name === 'string' ? (
        <Field frame={frame} name={name} />
      ) : (
        <div class="pair">
          {name.map((each) => (
            <Field frame={frame} name={each} />
          ))}
        </div>
      ),
    )}
  </>
)

/** A labelled line or text with its hint and its problem; what was typed is still there. */
function Typed({ frame, name, hint, type, rows, list, label: _, ...field }: FieldProps) {
  const id = fieldId(frame.id, name)
  const messages = messagesAt(frame, name)
  const described = [
    hint === undefined ? null : `${id}-hint`,
    messages.length === 0 ? null : `${id}-problem`,
  ].filter((part) => part !== null)
  const common = {
    id,
    name: `${frame.prefix ?? ''}${name}`,
    ...field,
    'aria-describedby': described.length === 0 ? undefined : described.join(' '),
    'aria-invalid': messages.length === 0 ? undefined : 'true',
  }
  const value = typedIn(frame.draft, name)
  const isDate = type === 'date' || type === 'dated'
  return (
    <div class="field">
      <label for={id}>{labelOf(frame, name)}</label>
      {isDate ? (
        <DateTyped {...common} placeholder={field.placeholder ?? '8 Apr 2025'} value={value} kind={type} />
      ) : rows === undefined ? (
        <input {...common} type={type ?? 'text'} value={value} list={list} autocomplete="off" />
      ) : (
        <textarea {...common} rows={rows}>
          {value}
        </textarea>
      )}
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Messages frame={frame} name={name} />
    </div>
  )
}

type DateProps = { id: string; name: string; value: string; kind: 'date' | 'dated' } & Record<string, unknown>

/** A date as people write it, with what it is read as where that looks different. */
export function DateTyped({ value, kind, ...field }: DateProps) {
  const shown = dateShown(value)
  const read = typedDay(shown)
  return (
    <>
      <input {...field} type="text" value={shown} autocomplete="off" maxlength={100} data-date={kind} />
      <output class="hint reads-as" for={field.id} id={`${field.id}-read`}>
        {'day' in read && dateShown(read.day) !== shown.trim() ? `= ${dateShown(read.day)}` : ''}
      </output>
    </>
  )
}

const Check = ({ frame, name }: FieldProps) => (
  <p class="check">
    <label for={fieldId(frame.id, name)}>
      <input
        type="checkbox"
        id={fieldId(frame.id, name)}
        name={`${frame.prefix ?? ''}${name}`}
        value="yes"
        checked={frame.draft.typed.has(name)}
      />{' '}
      {labelOf(frame, name)}
    </label>
    <Messages frame={frame} name={name} />
  </p>
)

/** What is wrong with a field, or with something that is none. */
export function Messages({ frame, name }: { frame: FormFrame; name: string }) {
  const messages = messagesAt(frame, name)
  return messages.length === 0 ? null : (
    <p class="problem" id={`${fieldId(frame.id, name)}-problem`}>
      {messages.join(' ')}
    </p>
  )
}

/** One of a few, as radio buttons. */
function Choice({ frame, name, hint, options }: OneOf) {
  const id = fieldId(frame.id, name)
  const messages = messagesAt(frame, name)
  const chosen = typedIn(frame.draft, name)
  return (
    <fieldset class="field" id={id} aria-describedby={messages.length === 0 ? undefined : `${id}-problem`}>
      <legend>{labelOf(frame, name)}</legend>
      <div class="choices">
        {options.map(([value, words]) => (
          <label>
            <input
              type="radio"
              name={`${frame.prefix ?? ''}${name}`}
              value={value}
              checked={chosen === value}
            />{' '}
            <bdi>{words}</bdi>
          </label>
        ))}
      </div>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
      <Messages frame={frame} name={name} />
    </fieldset>
  )
}

/** One of many. */
function Select({ frame, name, hint, options }: OneOf) {
  const id = fieldId(frame.id, name)
  const messages = messagesAt(frame, name)
  const chosen = typedIn(frame.draft, name)
  return (
    <div class="field">
      <label for={id}>{labelOf(frame, name)}</label>
      <select
        id={id}
        name={`${frame.prefix ?? ''}${name}`}
        aria-invalid={messages.length === 0 ? undefined : 'true'}
        aria-describedby={messages.length === 0 ? undefined : `${id}-problem`}
      >
        {options.map(([value, words]) => (
          <option value={value} selected={chosen === value}>
            {words}
          </option>
        ))}
      </select>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
      <Messages frame={frame} name={name} />
    </div>
  )
}

/** Why nothing was written, above the form, with the way to each field. */
export function FormProblems({ frame }: { frame: FormFrame }) {
  const { id, draft } = frame
  if (draft.message === null) return null
  const names = Object.keys(frame.fields)
  const placed = draft.problems
    .map((problem) => ({ problem, name: placeOf(frame, problem) }))
    .sort((a, b) => names.indexOf(a.name ?? '') - names.indexOf(b.name ?? ''))
  return (
    <div class="notice bad" role="alert">
      <p>
        <b>{draft.message}</b>
      </p>
      {draft.problems.length === 0 ? null : (
        <ul>
          {placed.map(({ problem, name }) => (
            <li>
              {name === null ? (
                sentence(
                  problem.pointer === ''
                    ? problem.message
                    : `${problem.pointer.replace(/^\//u, '')} ${problem.message}`,
                )
              ) : (
                <>
                  <a href={`#${fieldId(id, name)}`}>{labelOf(frame, name)}</a>:{' '}
                  {wordsFor(frame, name, problem)}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <ExistingLinks existing={draft.existing} />
    </div>
  )
}
