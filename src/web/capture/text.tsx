import * as z from 'zod'
import { publishedOf } from '../../capture/draft.ts'
import { Does, reanchored, stepped } from '../../capture/marking.ts'
import { withDeadlines } from '../../capture/proposal.ts'
import { CaptureDraft, MOST_MARKS } from '../../core/capture.ts'
import type { ErrorCode, LedgerError } from '../../core/error.ts'
import { normalise } from '../../core/normalised-text.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { captureAsLogged } from '../../ledger/capture/log-capture.ts'
import { deleteCapture, saveCapture, unfinished } from '../../ledger/capture/save-capture.ts'
import { askSecondReader } from '../../ledger/capture/second-reading.ts'
import { type CaptureRow, findCapture } from '../../store/captures.ts'
import { listQuestions } from '../../store/nouns.ts'
import { ask } from '../../store/query.ts'
import { secondReadings } from '../../store/second-readings.ts'
import { type Fields, many, needed, once, onceEach, Rev } from '../ui/fields.ts'
import { type FormContext, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, parsed, typedIn } from '../ui/problem.ts'
import { submitted } from '../ui/submitted.ts'
import { markForm, textForm } from './fields.tsx'
import { draftFrom, fieldsOf } from './form.ts'
import { readText, recordedOf } from './read.ts'
import { type Shown, textPage } from './view.tsx'

const Range = z.string().regex(/^\d{1,7}-\d{1,7}$/u, 'is no place in the text')

export const textFields: Fields = {
  own: {
    ...onceEach(Object.keys(textForm)),
    rev: needed(Rev),
    do: needed(Does),
    mark: many(z.string().regex(/^[a-z0-9]{1,20}$/u, 'is not the id of a mark'), MOST_MARKS),
    ignored: many(Range, MOST_MARKS),
  },
  part: {
    ...onceEach(Object.keys(markForm)),
    at: needed(Range),
    kind: needed(z.enum(['forecast', 'duplicate', 'untestable'])),
    accept_vague: once(z.literal('yes')),
    by_machine: once(z.literal('yes')),
    verified_by_ear: once(z.literal('yes')),
  },
}

/** `/captures/:id`: a text with its marks; one that was logged leads to its receipt. */
export async function captureTextPage(context: PageContext) {
  const { db } = context.host.ledger
  const id = context.params.id ?? ''
  const found = await findCapture(db, id)
  if (found !== null && 'logged' in found) return seeOther(paths.captureLogged(id))
  const capture = unfinished(found, id)
  return drawText(context, capture, { typed: fieldsOf(capture.draft), problems: [], message: null })
}

/** The page of a capture, whose fields stand as they were typed. */
export async function drawText(
  context: PageContext,
  capture: CaptureRow,
  form: Draft,
  draft = capture.draft,
) {
  const shown: Shown = {
    capture,
    draft,
    form,
    recorded: await recordedOf(context, draft),
    at: searchOf(context.url, { at: words(20).optional() }).at ?? null,
  }
  return textPage(context, shown)
}

async function zoneFor({ host, now }: PageContext, { marks }: CaptureDraft): Promise<string> {
  const zones = marks.flatMap(({ question }) =>
    typeof question === 'object'
      ? [(question.deadline as { time_zone?: string } | undefined)?.time_zone]
      : [],
  )
  const held = zones.findLast((zone) => zone !== undefined && zone !== '')
  if (held !== undefined) return held
  const { items } = await listQuestions(host.ledger.db, {}, now, { limit: 1 })
  return items[0]?.record.deadline.time_zone ?? 'UTC'
}

/** Saves the page as it was typed and does what the pressed button says. Whatever is refused comes back as typed. */
export async function saveText(context: FormContext) {
  const { host, unit, form, params } = context
  const { ledger } = host
  const id = params.id ?? ''
  const does = typedIn({ typed: form }, 'do')
  const rev = Number(typedIn({ typed: form }, 'rev'))
  const found = await findCapture(ledger.db, id)
  // What was done already is not refused to whoever did it: the answer did not reach them.
  if (found === null && does === 'delete') return seeOther(paths.captures())
  const capture = unfinished(found, id)
  let saved: CaptureRow | null = null
  const write = async () => {
    if (does === 'delete') {
      await deleteCapture(ledger, unit, id, rev)
      return seeOther(paths.captures())
    }
    // The page stays as it is, and what is typed on it: a script shows what comes back.
    if (does === 'ask-second') {
      await askSecondReader(ledger, unit, host.secondReader, capture)
      return seeOther(`${paths.capture(id)}#second`)
    }
    const typed = parsed(CaptureDraft, draftFrom(form, capture.draft))
    const within = normalise(typed.text)
    const recorded = await recordedOf(context, typed)
    const { suggested, published, reading } = await readText(context, typed, recorded, within)
    const around = {
      within,
      published,
      suggested,
      own: reading.own,
      zone: await zoneFor(context, typed),
      second: await secondOf(context, id, does),
    }
    const { draft, at } = stepped(reanchored(typed, within), does, around, typedIn({ typed: form }, 'words'))
    const before = publishedOf(capture.draft.source, recorded?.record.published ?? null)
    saved = await saveCapture(
      ledger,
      unit,
      withDeadlines(draft, within, before, published, suggested.language.tag),
      { id, rev },
    )
    if (does === 'second') {
      await askSecondReader(ledger, unit, host.secondReader, saved)
      return seeOther(`${paths.capture(id)}#second`)
    }
    if (does !== 'check')
      return seeOther(at === null ? paths.capture(id) : `${paths.capture(id, { at })}#${at}`)
    await captureAsLogged(ledger, unit, saved)
    return seeOther(paths.captureCheck(id))
  }
  return submitted(context, write, (draft, refused) => {
    const held = saved ?? { ...capture, rev: revAfter(refused, rev, capture) }
    const returned = { ...draft, message: wordsFor(refused.code, draft) }
    return saved === null
      ? drawText(context, held, returned, draftFrom(form, capture.draft))
      : drawText(context, held, { ...returned, typed: fieldsOf(saved.draft) }, saved.draft)
  })
}

/** The reading of which a button takes something over. */
async function secondOf({ host }: PageContext, capture: string, does: string) {
  const n = /^second:(\d+):/u.exec(does)?.[1]
  if (n === undefined) return null
  const readings = await ask(host.ledger.db, secondReadings(capture))
  return readings.find((reading) => reading.n === Number(n)) ?? null
}

/** After a conflict the next save is meant to go over the other version: the reader was told. */
const revAfter = ({ code }: LedgerError, rev: number, { rev: present }: CaptureRow) =>
  code === 'stale' ? present : rev

const wordsFor = (code: ErrorCode, { message }: Pick<Draft, 'message'>) =>
  code === 'stale'
    ? `${message} What you typed is still here: save again to put it in place of theirs, or open the page anew to see theirs.`
    : message
