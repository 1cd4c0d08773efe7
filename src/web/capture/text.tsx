import * as z from 'zod'
import { CaptureDraft, MOST_MARKS } from '../../core/capture.ts'
import { type ErrorCode, invalid, type Problem } from '../../core/error.ts'
import { inTurns } from '../../core/steps.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { logCapture } from '../../ledger/capture/log-capture.ts'
import { deleteCapture, saveCapture, unfinishedCapture } from '../../ledger/capture/save-capture.ts'
import { normalise } from '../../reading/quote.ts'
import type { CaptureRow } from '../../store/captures.ts'
import { findCapture } from '../../store/captures.ts'
import { findSource } from '../../store/lookups.ts'
import { listQuestions } from '../../store/nouns.ts'
import { type Fields, many, needed, once, onceEach, Rev } from '../ui/fields.ts'
import { counted } from '../ui/number.ts'
import { type FormContext, html, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, draftOf, parsed, typedIn } from '../ui/problem.ts'
import { allFields, draftFrom } from './draft.ts'
import { markLabels } from './mark.tsx'
import { openSuggestions, publishedOf, suggestedIn, suggestedSteps, withDeadlines } from './proposal.ts'
import { sourceLabels } from './source.tsx'
import { Does, reanchored, type Surrounding, stepped } from './step.ts'
import { type Shown, textPage } from './view.tsx'

const Range = z.string().regex(/^\d{1,7}-\d{1,7}$/u, 'is no place in the text')

export const textFields: Fields = {
  own: {
    ...onceEach(Object.keys(sourceLabels).filter((name) => name !== '/text' && name !== '/marks')),
    rev: needed(Rev),
    do: needed(Does),
    mark: many(z.string().regex(/^[a-z0-9]{1,20}$/u, 'is not the id of a mark'), MOST_MARKS),
    ignored: many(Range, MOST_MARKS),
  },
  part: {
    ...onceEach(Object.keys(markLabels)),
    at: needed(Range),
    kind: needed(z.enum(['forecast', 'duplicate', 'untestable'])),
    accept_vague: once(z.literal('yes')),
  },
}

/** `/captures/:id`: a text with its marks; one that was logged leads to its source. */
export async function captureTextPage(context: PageContext) {
  const { db } = context.host.ledger
  const id = context.params.id ?? ''
  const found = await findCapture(db, id)
  if (found !== null && 'logged' in found) return seeOther(`/sources/${found.logged.source}`)
  const capture = await unfinishedCapture(context.host.ledger, id)
  return page(context, capture, { typed: allFields(capture.draft), problems: [], message: null })
}

async function page(context: PageContext, capture: CaptureRow, draft: Draft) {
  const source = typedIn(draft, 'source')
  const shown: Shown = {
    capture,
    draft,
    recorded: source === '' ? null : await findSource(context.host.ledger.db, source),
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
  if (found === null && does === 'delete') return seeOther('/capture')
  if (found !== null && 'logged' in found && does === 'log')
    if (found.member === unit.by.member && found.rev === rev + 1)
      return seeOther(`/sources/${found.logged.source}`)
  const capture = await unfinishedCapture(ledger, id)
  let saved: CaptureRow | null = null
  try {
    if (context.refused !== null) throw context.refused
    if (does === 'delete') {
      await deleteCapture(ledger, unit, id, rev)
      return seeOther('/capture')
    }
    const typed = parsed(CaptureDraft, draftFrom(form, capture.draft.text))
    const within = normalise(typed.text)
    const recorded = typeof typed.source === 'string' ? await findSource(ledger.db, typed.source) : null
    const dated = recorded?.record.published ?? null
    const published = publishedOf(typed.source, dated)
    const around = { within, published, zone: await zoneFor(context, typed) }
    await inTurns(suggestedSteps(within, published), ledger.pause)
    const { draft, at } = stepped(reanchored(typed, within), does, around, typedIn({ typed: form }, 'words'))
    const before = publishedOf(capture.draft.source, dated)
    saved = await saveCapture(ledger, unit, withDeadlines(draft, within, before, published), { id, rev })
    if (does !== 'log') return seeOther(at === null ? `/captures/${id}` : `/captures/${id}?at=${at}#${at}`)
    requireDecided(saved.draft, around)
    const { logged } = await logCapture(ledger, unit, id, saved.rev)
    return seeOther(`/sources/${logged.source}`)
  } catch (error) {
    const held = saved ?? { ...capture, rev: await revAfter(error, rev, capture) }
    const { error: refused, ...draft } = draftOf(saved === null ? form : allFields(saved.draft), error)
    return html(
      page(context, held, { ...draft, message: wordsFor(refused.code, draft) }),
      statusOf(context, refused.code),
    )
  }
}

/** Whoever says that every forecast is logged has looked at every passage that looks like one. */
function requireDecided({ source, ...draft }: CaptureDraft, around: Surrounding): void {
  if (typeof source === 'string' || source.coverage !== 'complete') return
  const { length } = openSuggestions(draft, suggestedIn(around.within, around.published)).passages
  if (length > 0)
    throw invalid(
      '/source/coverage',
      `${counted(length, 'passage')} that ${length === 1 ? 'looks like a forecast is' : 'look like forecasts are'} neither marked nor left: decide on each, leave the rest below, or say that some were chosen`,
    )
}

const statusOf = ({ surroundings }: PageContext, code: ErrorCode) => surroundings.problems[code].status

/** After a conflict the next save is meant to go over the other version: the reader was told. */
const revAfter = async (error: unknown, rev: number, { rev: present }: CaptureRow) =>
  (error as { code?: unknown }).code === 'stale' ? present : rev

const wordsFor = (code: ErrorCode, { message }: { message: string | null; problems: readonly Problem[] }) =>
  code === 'stale'
    ? `${message} What you typed is still here: save again to put it in place of theirs, or open the page anew to see theirs.`
    : message
