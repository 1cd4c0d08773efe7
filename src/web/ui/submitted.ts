import type { LedgerError } from '../../core/error.ts'
import { problems } from '../../http/problem.ts'
import { type FormContext, html, type PageAnswer } from './page.ts'
import { type Draft, draftOf } from './problem.ts'

type Drawn = Parameters<typeof html>[0]

/** Writes what a form says, and goes where that leads; a refusal gives the form back as it was typed. */
export async function submitted(
  context: FormContext,
  write: () => PageAnswer | Promise<PageAnswer>,
  form: (draft: Draft, refused: LedgerError) => Drawn,
): Promise<PageAnswer> {
  try {
    if (context.refused !== null) throw context.refused
    return await write()
  } catch (error) {
    const { error: refused, ...draft } = draftOf(context.form, error)
    return html(form(draft, refused), problems[refused.code].status)
  }
}

/** The same of the record in the address: without it, or the right to it, there is no form to give back. */
export function submittedTo(
  context: FormContext,
  write: (id: string) => Promise<unknown>,
  form: (draft: Draft) => Drawn,
  next: (id: string) => Response,
): Promise<PageAnswer> {
  const id = context.params.id ?? ''
  return submitted(
    context,
    async () => {
      await write(id)
      return next(id)
    },
    (draft, refused) => {
      if (refused.code === 'not_found' || refused.code === 'forbidden') throw refused
      return form(draft)
    },
  )
}
