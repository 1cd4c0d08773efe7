import * as z from 'zod'
import { marked } from '../../core/alignment.ts'
import { spanOf } from '../../core/calendar.ts'
import { HOUSE_CODEBOOK } from '../../core/codebook.ts'
import { PassageRequest } from '../../core/coding.ts'
import { codebookOf } from '../../core/coding-round.ts'
import { LedgerError, notFound } from '../../core/error.ts'
import { normalise, normalisedRange, rawRange } from '../../core/normalised-text.ts'
import type { Typed } from '../../http/form.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { saveCoding, submitCoding } from '../../ledger/coding/code.ts'
import { findCoding, findRound, type KeptCoding } from '../../store/coding.ts'
import { readRoundToCode } from '../../store/documents/coding.ts'
import { findSourceText } from '../../store/lookups.ts'
import { Days } from '../ui/date.tsx'
import { type FormFrame, FormProblems } from '../ui/field.tsx'
import { BUTTON, needed, once, onceEach } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { Original } from '../ui/original.tsx'
import { type FormContext, type FormRoute, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed, typedIn } from '../ui/problem.ts'
import { submitted, submittedTo } from '../ui/submitted.ts'
import { CodebookText } from './codebook.tsx'
import { PASSAGE, PassageFields, passageFrom, valuesOf } from './passage.tsx'
import { Read, Words } from './words.tsx'

const Place = z.string().regex(/^\d{1,3}$/u, 'is no passage of yours')
const Offset = z.string().regex(/^\d{1,8}$/u, 'is no place in the text')
const Does = z.enum(['keep', 'remove', 'empty'])

/** `/codings/:id/own`: text, codebook and one's own passages; nothing of anybody else's. */
export async function ownPage(context: PageContext, returned?: Draft) {
  const { host, params, url, viewer } = context
  const id = params.id ?? ''
  const { passage: at } = searchOf(url, { passage: words(3).optional() })
  const read = await readRoundToCode(host.ledger.db, id, viewer?.member ?? '')
  const { round, source, text, kept, codebooks } = read
  if (round === null || source === null) throw notFound('round', id)
  if (round.state !== 'open' || kept?.nonce != null) {
    // What was typed has no form to come back in.
    if (returned !== undefined)
      throw new LedgerError(
        'already_decided',
        'This coding is submitted, or its round has ended: nothing was kept.',
      )
    return seeOther(paths.coding(id))
  }
  const chosen = returned === undefined ? at : typedIn(returned, 'passage')
  const place = /^\d{1,3}$/u.test(chosen ?? '') ? Number(chosen) : null
  const held = place === null ? undefined : kept?.coding.passages[place]
  const frame: FormFrame = { id: 'passage', fields: PASSAGE, draft: returned ?? emptyDraft(valuesOf(held)) }
  const { title, language, published } = source.record
  return (
    <Page title={`Code: ${title}`} context={context} active="sources">
      <p class="crumbs">
        <a href={paths.codings()}>Coding by two</a> › <a href={paths.coding(id)}>{id}</a>
      </p>
      <h1>
        <Original language={language}>{title}</Original>
      </h1>
      <p class="soft">
        Dated <Days span={spanOf(published)} />. What you keep here only you can read. When both codings are
        in, both are shown.
      </p>
      <details>
        <summary>Codebook {round.record.codebook}</summary>
        <CodebookText text={(codebookOf(codebooks, round.record.codebook) ?? HOUSE_CODEBOOK).text} />
      </details>
      <div class="coding">
        <section class="coding-read" aria-labelledby="coding-text" tabindex={0}>
          <h2 id="coding-text">The text</h2>
          <Text text={text ?? ''} kept={kept} language={language} />
        </section>
        <section aria-labelledby="coding-passage">
          <h2 id="coding-passage">{held === undefined ? 'A passage' : 'Change a passage'}</h2>
          <FormProblems frame={frame} />
          <form method="post" action={paths.codingPassages(id)} data-passage>
            <input type="hidden" name="at" value={typedIn(frame.draft, 'at')} />
            <input type="hidden" name="rev" value={kept === null ? '' : String(kept.rev)} />
            <input type="hidden" name="passage" value={held === undefined ? '' : String(place)} />
            <PassageFields frame={frame} />
            <p class="actions">
              <button type="submit" name="do" value="keep">
                {held === undefined ? 'Keep this passage' : 'Keep the change'}
              </button>
              {held === undefined ? null : (
                <>
                  <button type="submit" class="quiet" name="do" value="remove">
                    Remove it
                  </button>
                  <a href={paths.ownCoding(id)}>A new passage instead</a>
                </>
              )}
            </p>
          </form>
          <OwnPassages id={id} kept={kept} language={language} />
        </section>
      </div>
    </Page>
  )
}

/** The text as it was written, with what one marked oneself. */
function Text({
  text,
  kept,
  language,
}: {
  text: string
  kept: KeptCoding | null
  language: string | undefined
}) {
  const within = normalise(text)
  const marks = marked(kept?.coding.passages ?? []).map(({ start, end }) => ({
    ...rawRange(within, start, end),
    at: start,
  }))
  const parts: { text: string; at?: number }[] = []
  let from = 0
  for (const { start, end, at } of marks) {
    parts.push({ text: text.slice(from, start) }, { text: text.slice(start, end), at })
    from = end
  }
  parts.push({ text: text.slice(from) })
  return (
    <div class="coding-text" dir="auto" lang={language}>
      {parts.map(({ text: part, at }) => (at === undefined ? part : <mark id={`at-${at}`}>{part}</mark>))}
    </div>
  )
}

type OwnProps = { id: string; kept: KeptCoding | null; language: string | undefined }

const OwnPassages = ({ id, kept, language }: OwnProps) => (
  <>
    <h2>What you kept</h2>
    {kept === null ? (
      <>
        <p class="soft">Nothing yet.</p>
        <form method="post" action={paths.codingPassages(id)}>
          <input type="hidden" name="rev" value="" />
          <button type="submit" class="quiet" name="do" value="empty">
            I read it all: nothing in it is a forecast
          </button>
        </form>
      </>
    ) : (
      <>
        {kept.coding.passages.length === 0 ? <p>No passage: nothing in this text is a forecast.</p> : null}
        <ol class="coded-list">
          {kept.coding.passages.map((passage, i) => (
            <li>
              <Words passage={passage} language={language} />
              <Read passage={passage} own />
              <p>
                <a href={`${paths.ownCoding(id, { passage: i })}#coding-passage`}>Change it</a>
              </p>
            </li>
          ))}
        </ol>
        <form method="post" action={paths.codingSubmission(id)}>
          <p>Once it is submitted nothing of it changes any more.</p>
          <button type="submit">Submit my coding</button>
        </form>
      </>
    )}
  </>
)

/** What the script drew is told by where it begins in the text as it was written; a passage, in the normalised one. */
async function withStart({ host, params, form }: FormContext): Promise<Typed> {
  const at = typedIn({ typed: form }, 'at')
  const round = at === '' ? null : await findRound(host.ledger.db, params.id ?? '')
  if (round === null) return form
  const text = normalise((await findSourceText(host.ledger.db, round.record.source)) ?? '')
  const { start } = normalisedRange(text, Number(at), Number(at) + 1)
  return new Map([...form, ['/start', [String(start)]]])
}

/** Does what the form asks, and answers where in the text the mark of what was kept begins. */
async function keepPassage(context: FormContext): Promise<number | undefined> {
  const { unit, host, params, form } = context
  const id = params.id ?? ''
  const kept = await findCoding(host.ledger.db, id, unit.by.member)
  const rev = typedIn({ typed: form }, 'rev')
  if (rev !== (kept === null ? '' : String(kept.rev)))
    throw new LedgerError('stale', 'Your coding was changed elsewhere meanwhile: open it again.')
  const does = typedIn({ typed: form }, 'do')
  const typedPlace = typedIn({ typed: form }, 'passage')
  const place = typedPlace === '' ? null : Number(typedPlace)
  const passages = (kept?.coding.passages ?? []).map(({ end: _, ...one }) => one as PassageRequest)
  if (place !== null && place >= passages.length)
    throw new LedgerError('stale', 'This passage is not there any more.')
  if (does === 'remove' && place !== null) passages.splice(place, 1)
  if (does === 'keep') {
    const passage = passageFrom(PassageRequest, await withStart(context))
    if (place === null) passages.push(passage)
    else passages[place] = passage
  }
  const { coding } = await saveCoding(
    host.ledger,
    unit,
    id,
    parsed(z.strictObject({ passages: z.array(PassageRequest).max(200) }), { passages }),
    kept?.rev,
  )
  const before = new Set((kept?.coding.passages ?? []).map((one) => JSON.stringify(one)))
  const changed = coding.passages.find((one) => !before.has(JSON.stringify(one)))
  return marked(coding.passages).find(
    ({ start, end }) => changed !== undefined && start <= changed.start && changed.start < end,
  )?.start
}

/** What is wrong with the passage of the form, wherever it stands among the others. */
const pointed = (draft: Draft): Draft => ({
  ...draft,
  problems: draft.problems.map(({ pointer, message }) => ({
    pointer: pointer.replace(/^\/passages\/\d+/u, ''),
    message,
  })),
})

export const ownForms: readonly FormRoute[] = [
  {
    path: '/codings/:id/passages',
    role: 'recorder',
    fields: {
      own: {
        ...onceEach(Object.keys(PASSAGE)),
        rev: once(z.string().max(9)),
        passage: once(Place),
        at: once(Offset),
        '/start': once(Offset),
        do: needed(Does),
      },
    },
    act: (context) =>
      submitted(
        context,
        async ({ id }) => {
          const at = await keepPassage(context)
          return seeOther(`${paths.ownCoding(id)}${at === undefined ? '' : `#at-${at}`}`)
        },
        (draft, refused) => {
          if (refused.code === 'not_found' || refused.code === 'already_decided') throw refused
          return ownPage(context, pointed(draft)) as never
        },
      ),
  },
  {
    path: '/codings/:id/submission',
    role: 'recorder',
    fields: BUTTON,
    act: (context) =>
      submittedTo(
        context,
        ({ ledger, unit, id }) => submitCoding(ledger, unit, id),
        (draft) => ownPage(context, draft) as never,
        ({ id }) => seeOther(paths.coding(id)),
      ),
  },
]
