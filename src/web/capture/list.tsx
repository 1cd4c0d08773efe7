import { captureOfArticle, captureOfText, isElsewhere, isFile } from '../../capture/beginning.ts'
import { CaptureDraft, MAX_CAPTURE_TEXT } from '../../core/capture.ts'
import { invalid } from '../../core/error.ts'
import { normalise } from '../../core/normalised-text.ts'
import { readable, webAddress } from '../../core/text.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { saveCapture } from '../../ledger/capture/save-capture.ts'
import { textHash } from '../../log/entry.ts'
import { captionsIn } from '../../reading/transcript.ts'
import { findSourceByText } from '../../store/lookups.ts'
import { FormFields, type FormFrame, FormProblems, type FormTable, fieldId, Messages } from '../ui/field.tsx'
import { type Fields, once, onceEach, text } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type FormContext, type PageContext, seeOther } from '../ui/page.ts'
import { emptyDraft, parsed, typedIn } from '../ui/problem.ts'
import { submitted } from '../ui/submitted.ts'
import { StepBar } from './step-bar.tsx'
import { Unfinished } from './unfinished.tsx'

const FORM: FormTable = {
  text: { label: 'The text', rows: 8, hint: 'Kept privately, to check quotes against; never published.' },
  file: { label: 'Or a file of captions' },
  url: {
    label: 'Its address',
    placeholder: 'https://',
    maxlength: 2048,
    hint: 'Without a text, the page is fetched.',
  },
  published: {
    label: 'Published',
    type: 'dated',
    hint: 'A day, a month or a year. It can follow.',
  },
}

const ANY_LENGTH = Number.POSITIVE_INFINITY
export const beginFields: Fields = {
  own: { ...onceEach(['url', 'published']), text: once(text(ANY_LENGTH)), file: once(text(ANY_LENGTH)) },
}

/** `/capture`: where a text comes in, and the captures that are not logged yet. */
export const captureListPage = (context: PageContext) =>
  listPage(context, emptyDraft(searchOf(context.url, BeginQuery)))

/** A page of ours, or a bookmark, can begin one. */
const BeginQuery = { url: words(2048).optional(), text: words(4000).optional() }

function listPage(context: PageContext, draft: FormFrame['draft']) {
  const frame: FormFrame = { id: 'begin', fields: FORM, draft }
  return (
    <Page title="Capture" context={context} active="capture">
      <StepBar at="text" />
      <h1>Log what a text says</h1>
      <p class="intro">
        Paste an interview or an article. You mark what was forecast in it; nothing is logged until you say
        so.
      </p>
      <FormProblems frame={frame} />
      {/* Percent signs would make three letters of every one that is not Latin. */}
      <form
        method="post"
        action={paths.captures()}
        class="begin"
        enctype="multipart/form-data"
        data-longest={MAX_CAPTURE_TEXT}
      >
        <FormFields frame={frame} names={['text']} />
        <CaptionsField frame={frame} />
        <FormFields frame={frame} names={[['url', 'published']]} />
        <p class="actions">
          <button type="submit">Begin</button>
          <a href={paths.captureOne()}>Log a single forecast instead</a>
          <a href={paths.imports()}>Import a file</a>
        </p>
        <p class="status small soft" role="status" id="status"></p>
      </form>
      <Unfinished context={context} />
    </Page>
  )
}

/** A file is read as a text, and not kept. */
const CaptionsField = ({ frame }: { frame: FormFrame }) => (
  <p class="field">
    <label for={fieldId(frame.id, 'file')}>{FORM.file?.label}</label>
    <input
      type="file"
      id={fieldId(frame.id, 'file')}
      name="file"
      accept=".vtt,.srt,.sbv,.json,.txt"
      aria-describedby={`${fieldId(frame.id, 'file')}-hint`}
    />
    <span class="hint" id={`${fieldId(frame.id, 'file')}-hint`}>
      WebVTT, SubRip, or the JSON of a podcast or a recogniser of speech.
    </span>
    <Messages frame={frame} name="file" />
  </p>
)

const UNFETCHED = 'The page could not be read. Paste its text instead; its address stays with it.'

/** A text or an address becomes a capture. */
export const beginCapture = (context: FormContext) =>
  submitted(
    context,
    async () => {
      const { ledger } = context.host
      const begun = parsed(CaptureDraft, await draftOfText(context))
      // A text that was logged already goes on where it stands.
      await ledger.pause(0)
      const { text } = normalise(begun.text)
      await ledger.pause(0)
      const held = await findSourceByText(ledger.db, textHash(text))
      const draft =
        held === null || isElsewhere(begun, held.record) ? begun : { ...begun, source: held.record.id }
      const { id } = await saveCapture(ledger, context.unit, draft)
      return seeOther(paths.capture(id))
    },
    (draft) => {
      const problems = draft.problems.map(({ pointer, message }) => ({
        pointer: pointer.replace(/^\/(source\/)?(?=(text|url|published)\b)/u, ''),
        message,
      }))
      const message = problems.some(({ pointer }) => pointer === 'url') ? UNFETCHED : draft.message
      return listPage(context, { ...draft, problems, message })
    },
  )

async function draftOfText({ form, host, now }: FormContext): Promise<CaptureDraft> {
  const pasted = typedIn({ typed: form }, 'text')
  const file = typedIn({ typed: form }, 'file')
  if (pasted !== '' && file !== '')
    throw invalid('file', 'is a second text beside the one that is pasted: send one of them')
  const text = pasted === '' ? file : pasted
  const url = typedIn({ typed: form }, 'url')
  const published = typedIn({ typed: form }, 'published')
  if (isFile(text))
    throw invalid('text', 'is no text but the inside of a file: open the file and copy the words')
  if (/^\s*WEBVTT\b/u.test(text) && captionsIn(text)?.text === '')
    throw invalid(pasted === '' ? 'file' : 'text', 'is a file of captions in which nothing is said')
  if (readable(text).trim() !== '') return captureOfText(readable(text).trim(), { url, published })
  if (url === '') throw invalid('text', 'is empty: paste what was said, or give its address')
  if (!webAddress().safeParse(url).success)
    throw invalid('url', 'must be a full address, such as https://example.com/interview')
  if (host.fetchPage === undefined)
    throw invalid('url', 'cannot be fetched by this server: paste the text instead')
  return captureOfArticle(await host.fetchPage(url), published, now.toISOString().slice(0, 10))
}
