import * as z from 'zod'
import { RandomId } from '../../core/member.ts'
import { AssignmentRequest, NoteRequest, SnoozeRequest } from '../../core/newsroom.ts'
import * as paths from '../../http/paths.ts'
import { assignQuestion, noteQuestion, snoozeQuestion, wakeQuestion } from '../../ledger/newsroom/newsroom.ts'
import { once, onceEach } from '../ui/fields.ts'
import { type FormRoute, seeOther } from '../ui/page.ts'
import type { Submission } from '../ui/submitted.ts'
import { onQuestion } from './decide.tsx'

/** Where a form of the desk leads: back to where it stood. */
const backFrom = ({ form, id }: Submission) =>
  form.get('back')?.[0] === 'question'
    ? seeOther(`${paths.question(id)}#newsroom`)
    : seeOther(paths.due({ done: 'desk', question: id }))

/** A form of the desk: what it keeps about the question, beside where it leads back to. */
const deskForm = (
  path: string,
  own: FormRoute['fields']['own'],
  keep: (submission: Submission) => Promise<unknown>,
): FormRoute => ({
  path: `/questions/:id/${path}`,
  role: 'recorder',
  fields: { own: { ...own, back: once(z.enum(['due', 'question'])) } },
  act: onQuestion('desk', keep, backFrom),
})

export const newsroomForms: readonly FormRoute[] = [
  deskForm('assignment', { '/member': once(RandomId) }, ({ ledger, unit, id, request }) =>
    assignQuestion(ledger, unit, id, request(AssignmentRequest)),
  ),
  deskForm('snooze', onceEach(['/until', '/because']), ({ ledger, unit, id, request }) =>
    snoozeQuestion(ledger, unit, id, request(SnoozeRequest)),
  ),
  deskForm('snooze/end', {}, ({ ledger, unit, id }) => wakeQuestion(ledger, unit, id)),
  deskForm('note', onceEach(['/text', '/read_at']), ({ ledger, unit, id, request }) =>
    noteQuestion(ledger, unit, id, request(NoteRequest)),
  ),
]
