import type * as z from 'zod'
import type { LedgerError } from '../../core/error.ts'
import type { Typed } from '../../http/form.ts'
import { problems } from '../../http/problem.ts'
import type { Ledger, Unit } from '../../ledger/ledger.ts'
import { type FormContext, html, type PageAnswer } from './page.ts'
import { type Draft, draftOf, parsed } from './problem.ts'
import { requestOf } from './typed.ts'

type Drawn = Parameters<typeof html>[0]

/** What a form asks of a verb: where, for whom, of which record, and what was typed. */
export type Submission = {
  ledger: Ledger
  unit: Unit
  /** The record in the address, and the resolution of it. */
  id: string
  rid: string
  form: Typed
  /** The request that the form describes, checked as the API checks it. */
  request: <T>(schema: z.ZodType<T>) => T
}

export const submissionOf = ({ host, unit, params, form }: FormContext): Submission => ({
  ledger: host.ledger,
  unit,
  id: params.id ?? '',
  rid: params.rid ?? '',
  form,
  request: (schema) => parsed(schema, requestOf(form)),
})

/** Writes what a form says, and goes where that leads; a refusal gives the form back as it was typed. */
export async function submitted(
  context: FormContext,
  write: (submission: Submission) => PageAnswer | Promise<PageAnswer>,
  form: (draft: Draft, refused: LedgerError) => Drawn,
): Promise<PageAnswer> {
  try {
    if (context.refused !== null) throw context.refused
    return await write(submissionOf(context))
  } catch (error) {
    const { error: refused, ...draft } = draftOf(context.form, error)
    return html(form(draft, refused), problems[refused.code].status)
  }
}

/** The same of the record in the address: without it, or the right to it, there is no form to give back. */
export const submittedTo = (
  context: FormContext,
  write: (submission: Submission) => Promise<unknown>,
  form: (draft: Draft) => Drawn,
  next: (submission: Submission) => Response,
): Promise<PageAnswer> =>
  submitted(
    context,
    async (submission) => {
      await write(submission)
      return next(submission)
    },
    (draft, refused) => {
      if (refused.code === 'not_found' || refused.code === 'forbidden') throw refused
      return form(draft)
    },
  )
