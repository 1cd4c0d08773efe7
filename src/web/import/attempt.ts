import { importFiles, type SentFile } from '../../ledger/import/import-files.ts'
import type { ImportResult } from '../../ledger/import/import-folder.ts'
import type { FileReader } from '../../ledger/import/read-file.ts'
import { textHash } from '../../log/entry.ts'
import { type FormContext, html, type PageAnswer } from '../ui/page.ts'
import { type Draft, typedIn } from '../ui/problem.ts'
import { submitted } from '../ui/submitted.ts'
import { mappingIn } from './form.ts'
import { isDone, isNews, receipt } from './result.tsx'

/** The form with what came of it; `tried` is what can be imported as it stands. */
export type Drawing = (
  draft: Draft,
  result: ImportResult | null,
  tried?: string | null,
) => Parameters<typeof html>[0]

/** What the form says is saved, tried or imported; a refusal gives the form back as it was typed. */
export const attempted = (
  context: FormContext,
  files: readonly SentFile[],
  reader: FileReader,
  draw: Drawing,
): Promise<PageAnswer> =>
  submitted(
    context,
    async () => {
      const does = typedIn({ typed: context.form }, 'do')
      const told = mappingIn(context.form, reader)
      if (does === 'mapping') return download(`${files[0]?.name}.mapping.yaml`, reader.mappingText(told))
      // What was changed since it was tried is tried first.
      const trying = textHash(JSON.stringify(told))
      const dry_run = does !== 'import' || typedIn({ typed: context.form }, 'tried') !== trying
      const request = { files, mapping: told }
      const result = await importFiles(context.host.ledger, context.unit, request, reader, { dry_run })
      if (!dry_run && isDone(result)) return receipt(context, result)
      const draft = { typed: context.form, problems: [], message: null }
      return answer(draw(draft, result, isNews(result) ? trying : null), result, does)
    },
    (draft) =>
      draw(
        {
          ...draft,
          problems: draft.problems.map((one) => ({
            ...one,
            pointer: one.pointer.replace(/^\/mapping(?=\/)/u, '').replace(/^\/range$/u, '/range/low'),
          })),
        },
        null,
      ),
  )

/** What was asked to be imported and was not is no success; a preview is one. */
export const answer = (
  page: Parameters<typeof html>[0],
  result: ImportResult,
  does: string,
): Promise<Response> => html(page, does === 'import' && !isDone(result) ? 422 : 200)

const download = (name: string, text: string): Response =>
  new Response(text, {
    headers: {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': `attachment; filename="mapping.yaml"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`,
    },
  })
