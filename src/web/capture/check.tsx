import * as z from 'zod'
import { restIgnored } from '../../capture/marking.ts'
import { openSuggestions } from '../../capture/suggestion.ts'
import { LedgerError } from '../../core/error.ts'
import { normalise } from '../../core/normalised-text.ts'
import * as paths from '../../http/paths.ts'
import { problems } from '../../http/problem.ts'
import { captureAsLogged, logCapture } from '../../ledger/capture/log-capture.ts'
import { saveCapture, unfinished } from '../../ledger/capture/save-capture.ts'
import { type CaptureRow, findCapture } from '../../store/captures.ts'
import { type Fields, needed, once, Rev } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { type FormContext, html, type PageAnswer, type PageContext, seeOther } from '../ui/page.ts'
import { draftOf } from '../ui/problem.ts'
import { CheckedClaim, CheckedRemarks, readChecked } from './checked.tsx'
import { fieldsOf } from './form.ts'
import { readText, recordedOf } from './read.ts'
import { StepBar } from './step-bar.tsx'
import { inWords } from './suggestion.tsx'
import { drawText } from './text.tsx'
import { shortened } from './words.ts'

/** `/captures/:id/check`: what would be logged, as the sentences under which it counts; what is not ready goes back. */
export async function checkPage(context: PageContext): Promise<PageAnswer> {
  const id = context.params.id ?? ''
  const found = await findCapture(context.host.ledger.db, id)
  if (found !== null && 'logged' in found) return seeOther(paths.captureLogged(id))
  const capture = unfinished(found, id)
  if (context.viewer === null) return seeOther(paths.capture(id))
  try {
    return await drawCheck(context, capture)
  } catch (error) {
    return await unready(context, capture, error)
  }
}

/** The page on which it can be mended, with what is wrong; anything but a refusal goes on. */
function unready(context: PageContext, capture: CaptureRow, error: unknown) {
  const typed = fieldsOf(capture.draft)
  const { error: _, ...draft } = draftOf(typed, error)
  return drawText(context, capture, draft)
}

async function drawCheck(context: PageContext, capture: CaptureRow) {
  const { host, viewer, now } = context
  const { db } = host.ledger
  if (viewer === null) throw new LedgerError('unauthenticated', 'This page is for members: sign in first.')
  const { draft } = capture
  const within = normalise(draft.text)
  const recorded = await recordedOf(context, draft)
  const { entries, marks } = await captureAsLogged(host.ledger, { now, by: viewer }, capture)
  const [checked, { suggested, language }] = await Promise.all([
    readChecked(db, entries),
    readText(context, draft, recorded, within),
  ])
  const { forecasts, untestable, duplicates } = checked
  const open = openSuggestions(draft, suggested)
  const wordsAt = ({ start, end }: { start: number; end: number }) => within.text.slice(start, end)
  const left = (draft.ignored ?? []).map(wordsAt)
  const undecided = [...open.passages, ...open.remarks].map(wordsAt)
  // Whoever says that every forecast is logged leaves these, and says so.
  const { source } = draft
  const leaves = typeof source === 'object' && source.coverage === 'complete' ? open.passages.length : 0
  const changeOf = (statement: string): string | null => {
    const mark = marks.get(statement)
    return mark === undefined ? null : paths.capture(capture.id, { at: mark })
  }
  const counts = inWords({
    forecasts: forecasts.length,
    duplicates: duplicates.length,
    remarks: untestable.length,
  })
  return (
    <Page title="Check before it is sealed" context={context} active="capture">
      <StepBar at="check" back={{ text: paths.captures(), mark: paths.capture(capture.id) }} />
      <h1 tabindex={-1} autofocus>
        Check before it is sealed
      </h1>
      <p class="intro">
        Read each sentence as somebody who wants to know who was right. Nothing is logged yet; afterwards
        nothing is edited: a correction is an entry of its own.
      </p>
      <p class="small soft">
        <Original language={language}>{capture.title}</Original>
      </p>
      <div class="checks-list">
        {forecasts.map((claim) => (
          <CheckedClaim claim={claim} language={language} change={changeOf(claim.statement.id)} />
        ))}
      </div>
      {forecasts.length === 0 ? null : (
        <p class="small soft">
          Where the criteria do not decide it, or it became moot, there is no result either way.
        </p>
      )}
      <CheckedRemarks
        id="untestable"
        title={counted(untestable.length, 'remark that nothing can test', 'remarks that nothing can test')}
        says="In no score, and counted beside every one."
        remarks={untestable}
        language={language}
        changeOf={changeOf}
      />
      <CheckedRemarks
        id="duplicates"
        title={counted(duplicates.length, 'repetition')}
        says="Each says again what stands beside it, and is not counted twice."
        remarks={duplicates}
        language={language}
        changeOf={changeOf}
      />
      <NotLogged id="left" title="Left" says="Looked at, and not logged." words={left} language={language} />
      <NotLogged
        id="undecided"
        title="Nobody decided on these"
        says={
          leaves > 0
            ? 'They look like forecasts or remarks. You say that every forecast is logged: with the button below you leave these.'
            : 'They look like forecasts or remarks and are neither marked nor left: they are not logged.'
        }
        open={leaves > 0}
        words={undecided}
        language={language}
      />
      <form method="post" action={paths.captureCheck(capture.id)} class="seal" data-seal>
        <input type="hidden" name="rev" value={capture.rev} />
        {leaves > 0 ? <input type="hidden" name="leave" value="yes" /> : null}
        <p class="actions">
          <button type="submit">
            {leaves > 0 ? `Leave ${counted(undecided.length, 'passage')} and log ` : 'Log '}
            {forecasts.length === marks.size ? theseForecasts(forecasts.length) : counts}
          </button>
          <a href={paths.capture(capture.id)}>Back to the marks</a>
        </p>
        <p class="status small soft" role="status" id="status" />
      </form>
    </Page>
  )
}

const theseForecasts = (n: number): string => (n === 1 ? 'this forecast' : `these ${n} forecasts`)

type NotLoggedProps = {
  id: string
  title: string
  says: string
  words: readonly string[]
  language: string | undefined
  open?: boolean
}

const NotLogged = ({ id, title, says, words, language, open = false }: NotLoggedProps) =>
  words.length === 0 ? null : (
    <details class="not-logged" open={open}>
      <summary id={id}>
        {title}: {counted(words.length, 'passage')}
      </summary>
      <p class="small soft tight">{says}</p>
      <ul class="plain-list checked-remarks">
        {words.map((each) => (
          <li>
            <q>
              <Original language={language}>{shortened(each)}</Original>
            </q>
          </li>
        ))}
      </ul>
    </details>
  )

export const checkFields: Fields = { own: { rev: needed(Rev), leave: once(z.literal('yes')) } }

/** Logs what was checked, as it was checked; pressed again after a lost answer it leads to the same receipt. */
export async function logChecked(context: FormContext): Promise<PageAnswer> {
  const { host, unit, form, params, refused } = context
  const { ledger } = host
  if (refused !== null) throw refused
  const id = params.id ?? ''
  const rev = Number(form.get('rev')?.[0])
  const leaves = form.has('leave')
  const found = await findCapture(ledger.db, id)
  if (found !== null && 'logged' in found) {
    const isSame = found.member === unit.by.member && found.rev === (leaves ? rev + 1 : rev)
    if (isSame) return seeOther(paths.captureLogged(id))
  }
  const capture = unfinished(found, id)
  try {
    const checked = leaves && capture.rev === rev ? await withRestLeft(context, capture) : capture
    await logCapture(ledger, unit, id, leaves && capture.rev === rev ? checked.rev : rev)
    return seeOther(paths.captureLogged(id))
  } catch (error) {
    const { code } = draftOf(form, error).error
    const present = unfinished(await findCapture(ledger.db, id), id)
    return html(unready(context, present, error), problems[code].status)
  }
}

/** The capture with everything left that nobody decided on: that is what its page said. */
async function withRestLeft(context: FormContext, { id, rev, draft }: CaptureRow): Promise<CaptureRow> {
  const within = normalise(draft.text)
  const { suggested } = await readText(context, draft, await recordedOf(context, draft), within)
  return saveCapture(context.host.ledger, context.unit, restIgnored(draft, { suggested }), { id, rev })
}
