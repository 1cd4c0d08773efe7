import { type FormContext, html } from './page.ts'
import { type Draft, draftOf } from './problem.ts'

/** Does what a form asks of the record in its address, and goes on; a refusal brings the form back as it was typed. */
export async function taken(
  context: FormContext,
  write: (id: string) => Promise<unknown>,
  form: (draft: Draft) => Parameters<typeof html>[0],
  next: (id: string) => Response,
): Promise<Response> {
  const id = context.params.id ?? ''
  try {
    if (context.refused !== null) throw context.refused
    await write(id)
  } catch (error) {
    const { error: refused, ...draft } = draftOf(context.form, error)
    if (refused.code === 'not_found' || refused.code === 'forbidden') throw refused
    return html(form(draft), context.surroundings.problems[refused.code].status)
  }
  return next(id)
}
