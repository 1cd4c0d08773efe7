import { post, reasonIn, tell } from './post.ts'

const AFTER_MS = 1_500
const AGAIN_MS = 10_000

const formNow = () => document.querySelector<HTMLFormElement>('form[data-save]')

let waiting: ReturnType<typeof setTimeout> | undefined
let queue: Promise<void> = Promise.resolve()
/** What was typed since the last save that was answered. */
let isUnsaved = false
/** Somebody else saved, logged or threw it away: nothing more goes out until somebody presses a button. */
let isStale = false
const GONE: readonly number[] = [404, 409, 412]

/** The page as it is typed, and a button with it. */
function bodyOf(form: HTMLFormElement, does: string): URLSearchParams {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
  body.set('do', does)
  return body
}

/** Parts that say something about what was typed are drawn anew; fields stay as they are. */
function refresh(page: Document): void {
  for (const fresh of page.querySelectorAll<HTMLElement>('[data-live]')) {
    const present = document.getElementById(fresh.id)
    if (present instanceof HTMLInputElement && fresh instanceof HTMLInputElement) present.value = fresh.value
    else if (present !== null && !present.contains(document.activeElement)) present.replaceWith(fresh)
  }
}

async function autosave(): Promise<void> {
  const form = formNow()
  if (form === null || !isUnsaved || isStale) return
  isUnsaved = false
  const sent = await post(form, bodyOf(form, 'save'))
  if (sent === null) {
    isUnsaved = true
    tell(
      'Not saved: there is no connection. What you typed is kept on this page and sent when it is back.',
      true,
    )
    later(AGAIN_MS)
    return
  }
  if (sent.response.ok) {
    refresh(sent.page)
    if (!isUnsaved) tell('Saved. Nothing is logged yet.')
    return
  }
  isUnsaved = true
  isStale = GONE.includes(sent.response.status)
  tell(`Not saved: ${reasonIn(sent.page)}`, true)
}

function later(ms: number): void {
  clearTimeout(waiting)
  waiting = setTimeout(() => {
    queue = queue.then(autosave)
  }, ms)
}

const textOf = (form: HTMLFormElement) => form.querySelector<HTMLElement>('.reader-text')

/** The new page in place of the old one: the text stays where it was read, and the focus goes to what was done. */
function replace(form: HTMLFormElement, fresh: HTMLFormElement, url: string, near: number): void {
  const read = textOf(form)?.scrollTop ?? 0
  form.replaceWith(document.adoptNode(fresh))
  const text = textOf(fresh)
  if (text !== null) text.scrollTop = read
  history.replaceState(null, '', url)
  const at = new URL(url).searchParams.get('at') ?? ''
  const problems = document.getElementById('problems')
  const typed =
    fresh.querySelector<HTMLElement>('[autofocus]') ??
    fresh.querySelector<HTMLElement>(`[name="${CSS.escape(at)}:/duplicate_of"]`)
  const focus =
    problems ?? typed ?? document.getElementById(at)?.querySelector('summary') ?? cardAt(fresh, near)
  if (focus === problems) problems?.setAttribute('tabindex', '-1')
  focus?.focus({ preventScroll: true })
  // Somebody who selected words and has nothing to type goes on reading.
  if (focus === problems || typed !== null || near !== -1) show(focus?.closest('.capture-card') ?? focus)
}

/** Brings a card into view from its top, where it is not wholly there already. */
function show(card: Element | null | undefined): void {
  const { top = 0, bottom = 0 } = card?.getBoundingClientRect() ?? {}
  if (top < 0 || bottom > innerHeight) card?.scrollIntoView({ block: 'start' })
}

const cardsOf = (form: ParentNode) => [...form.querySelectorAll<HTMLElement>('.capture-card, .suggested')]

/** Which card the focus is in, to go on from there when it has gone. */
const placeNear = (form: HTMLFormElement): number =>
  cardsOf(form).findIndex((card) => card.contains(document.activeElement))

function cardAt(form: HTMLFormElement, place: number): HTMLElement | null {
  const card = place === -1 ? undefined : cardsOf(form)[place]
  return card?.querySelector('summary') ?? card ?? null
}

/** The page that logs: a lost answer is told, and pressing again does nothing twice. */
export function startSealing(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-seal]')
  form?.addEventListener('submit', async (event) => {
    const { submitter } = event
    // A button that leads elsewhere does so by itself.
    if (submitter instanceof HTMLButtonElement && submitter.name === 'do') return
    event.preventDefault()
    form.inert = true
    tell('Logging …')
    const sent = await post(form, new URLSearchParams(new FormData(form) as never))
    form.inert = false
    if (sent === null)
      tell('No answer came. Try again when there is a connection: nothing is logged twice.', true)
    else if (sent.response.ok && sent.response.redirected) return location.assign(sent.response.url)
    else tell(`Not logged: ${reasonIn(sent.page)}`, true)
    if (submitter instanceof HTMLElement) submitter.focus({ preventScroll: true })
  })
}

/** Has the text read by a model while the page stays as it is, and can be worked on; only its own part is drawn anew. */
async function askSecond(button: HTMLButtonElement): Promise<void> {
  const form = formNow()
  if (form === null) return
  button.disabled = true
  tell('The text was sent; you can go on meanwhile.')
  const rev = form.querySelector<HTMLInputElement>('#rev')?.value ?? ''
  const sent = await post(form, new URLSearchParams({ do: 'ask-second', rev }))
  const fresh = sent?.page.getElementById('second') ?? null
  const present = document.getElementById('second')
  if (sent?.response.ok === true && fresh !== null && present !== null) {
    present.replaceWith(document.adoptNode(fresh))
    return tell('The second reader has answered.')
  }
  button.disabled = false
  tell(sent === null ? 'No answer came from the second reader.' : `Not asked: ${reasonIn(sent.page)}`, true)
}

/** Presses a button of the page: everything typed is saved with it. */
export function press(does: string): void {
  clearTimeout(waiting)
  queue = queue.then(async () => {
    const form = formNow()
    if (form === null) return
    const focused = document.activeElement
    const near = placeNear(form)
    // A form that is inert loses its focus.
    form.inert = true
    tell('Saving …')
    const sent = await post(form, bodyOf(form, does))
    form.inert = false
    const fresh = sent?.page.querySelector<HTMLFormElement>('form[data-save]') ?? null
    if (sent === null)
      tell(
        'No answer came. What you typed is kept on this page: try again when there is a connection. Nothing is done twice.',
        true,
      )
    else if (fresh === null && sent.response.ok && sent.response.redirected) {
      isUnsaved = false
      return location.assign(sent.response.url)
    } else if (fresh === null) tell(`Not done: ${reasonIn(sent.page)}`, true)
    else {
      isUnsaved = !sent.response.ok
      isStale = false
      return replace(form, fresh, sent.response.url, near)
    }
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  })
}

/** Saves while somebody types, and takes the buttons of the page over. */
export function startSaving(): void {
  document.addEventListener('input', (event) => {
    const { target } = event
    if (!(target instanceof HTMLElement) || target.closest('form[data-save]') === null) return
    if (target instanceof HTMLTextAreaElement && target.name === 'words') return
    isUnsaved = true
    if (!isStale) later(AFTER_MS)
  })
  document.addEventListener('submit', (event) => {
    const { target, submitter } = event
    if (!(target instanceof HTMLFormElement) || !target.matches('[data-save]')) return
    event.preventDefault()
    if (submitter instanceof HTMLButtonElement && submitter.value === 'second')
      return void askSecond(submitter)
    press(submitter instanceof HTMLButtonElement ? submitter.value : 'save')
  })
  addEventListener('online', () => {
    if (isUnsaved) later(0)
  })
  addEventListener('beforeunload', (event) => {
    if (isUnsaved) event.preventDefault()
  })
}
