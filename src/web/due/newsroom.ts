import * as z from 'zod'
import { RandomId } from '../../core/member.ts'
import { AssignmentRequest, NoteRequest, SnoozeRequest } from '../../core/newsroom.ts'
import * as paths from '../../http/paths.ts'
import { assignQuestion, noteQuestion, snoozeQuestion, wakeQuestion } from '../../ledger/newsroom/newsroom.ts'
import { type Fields, once, onceEach } from '../ui/fields.ts'
import { type FormContext, seeOther } from '../ui/page.ts'
import { parsed } from '../ui/problem.ts'
import { requestOf } from '../ui/typed.ts'
import { onQuestion } from './decide.tsx'

const back = once(z.enum(['due', 'question']))
export const assignFields: Fields = { own: { '/member': once(RandomId), back } }
export const snoozeFields: Fields = { own: { ...onceEach(['/until', '/because']), back } }
export const wakeFields: Fields = { own: { back } }
export const noteFields: Fields = { own: { ...onceEach(['/text', '/read_at']), back } }

/** Where a form of the desk leads: back to where it stood. */
const backFrom = ({ form, params }: FormContext) =>
  form.get('back')?.[0] === 'question'
    ? seeOther(`${paths.question(params.id ?? '')}#newsroom`)
    : seeOther(paths.due({ done: 'desk', question: params.id }))

const kept = (
  context: FormContext,
  keep: (id: string, ledger: FormContext['host']['ledger']) => Promise<unknown>,
) =>
  onQuestion(
    context,
    'desk',
    (id) => keep(id, context.host.ledger),
    () => backFrom(context),
  )

export const assign = (context: FormContext) =>
  kept(context, (id, ledger) =>
    assignQuestion(ledger, context.unit, id, parsed(AssignmentRequest, requestOf(context.form))),
  )

export const snooze = (context: FormContext) =>
  kept(context, (id, ledger) =>
    snoozeQuestion(ledger, context.unit, id, parsed(SnoozeRequest, requestOf(context.form))),
  )

export const wake = (context: FormContext) =>
  kept(context, (id, ledger) => wakeQuestion(ledger, context.unit, id))

export const note = (context: FormContext) =>
  kept(context, (id, ledger) =>
    noteQuestion(ledger, context.unit, id, parsed(NoteRequest, requestOf(context.form))),
  )
