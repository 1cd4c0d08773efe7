import { post, reasonIn, tell } from './post.ts'

/** One that is too long is refused here, where it still stands. */
function measure(text: HTMLTextAreaElement, longest: number): void {
  const { length } = text.value
  text.setCustomValidity(
    length > longest
      ? `This text has ${length.toLocaleString('en')} characters; a capture holds at most ${longest.toLocaleString('en')}. Paste the part that matters.`
      : '',
  )
  if (length > longest) text.reportValidity()
}

/** Sends the text from the page on which it stays until the capture is there. */
async function begin(form: HTMLFormElement): Promise<void> {
  const body = new FormData(form)
  form.inert = true
  const file = body.get('file')
  const isFetched = body.get('text') === '' && (file === null || (file instanceof File && file.size === 0))
  tell(isFetched ? 'Fetching the page …' : 'Reading the text …')
  const sent = await post(form, body)
  form.inert = false
  const fresh = sent?.page.querySelector('form.begin')?.closest('main')
  if (sent === null)
    tell('No answer came. What you typed is still here: try again when there is a connection.', true)
  else if (sent.response.redirected && sent.response.ok) location.assign(sent.response.url)
  else if (fresh === null || fresh === undefined) tell(`Not begun: ${reasonIn(sent.page)}`, true)
  else {
    document.querySelector('main')?.replaceWith(document.adoptNode(fresh))
    startBeginning()
    document.querySelector<HTMLElement>('form.begin [aria-invalid]')?.focus({ preventScroll: true })
    document.querySelector('main .notice')?.scrollIntoView({ block: 'nearest' })
  }
}

/** Takes the form over in which a text comes in. */
export function startBeginning(): void {
  const form = document.querySelector<HTMLFormElement>('form.begin')
  const text = form?.querySelector<HTMLTextAreaElement>('textarea[name=text]')
  if (form === null || text === null || text === undefined) return
  text.addEventListener('input', () => measure(text, Number(form.dataset.longest)))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void begin(form)
  })
}
