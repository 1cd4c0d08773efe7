const AFTER_MS = 1_500
const AGAIN_MS = 10_000

const formNow = () => document.querySelector<HTMLFormElement>('form[data-save]')

let waiting: ReturnType<typeof setTimeout> | undefined
let queue: Promise<void> = Promise.resolve()
/** What was typed since the last save that was answered. */
let isUnsaved = false
/** Somebody else saved: nothing more goes out until somebody presses a button. */
let isStale = false

function tell(words: string, isBad = false): void {
  const status = document.getElementById('status')
  if (status === null) return
  status.classList.toggle('bad', isBad)
  if (status.textContent !== words) status.textContent = words
}

const reasonIn = (page: Document): string =>
  (page.querySelector('#problems b') ?? page.querySelector('main h1'))?.textContent?.trim() ??
  'the server did not take it'

/** Sends the page as it is, and a button with it; null where there is no connection. */
async function send(
  form: HTMLFormElement,
  does: string,
): Promise<{ response: Response; page: Document } | null> {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
  body.set('do', does)
  try {
    const response = await fetch(form.action, { method: 'POST', body })
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    return { response, page }
  } catch {
    return null
  }
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
  const sent = await send(form, 'save')
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
  isStale = sent.response.status === 412
  tell(`Not saved: ${reasonIn(sent.page)}`, true)
}

function later(ms: number): void {
  clearTimeout(waiting)
  waiting = setTimeout(() => {
    queue = queue.then(autosave)
  }, ms)
}

/** The new page in place of the old one, in which the focus goes to what was done. */
function replace(form: HTMLFormElement, page: Document, url: string): void {
  const fresh = page.querySelector<HTMLFormElement>('form[data-save]')
  if (fresh === null) return
  const near = placeNear(form)
  form.replaceWith(document.adoptNode(fresh))
  history.replaceState(null, '', url)
  const at = new URL(url).searchParams.get('at') ?? ''
  const problems = document.getElementById('problems')
  const focus =
    problems ??
    fresh.querySelector<HTMLElement>('[autofocus]') ??
    fresh.querySelector<HTMLElement>(`[name="${CSS.escape(at)}:/duplicate_of"]`) ??
    document.getElementById(at)?.querySelector('summary') ??
    cardAt(fresh, near)
  if (focus === problems) problems?.setAttribute('tabindex', '-1')
  focus?.focus({ preventScroll: true })
  focus?.scrollIntoView({ block: focus === problems ? 'start' : 'nearest' })
}

const cardsOf = (form: ParentNode) => [...form.querySelectorAll<HTMLElement>('.capture-card, .suggested')]

/** Which card the focus is in, to go on from there when it has gone. */
const placeNear = (form: HTMLFormElement): number =>
  cardsOf(form).findIndex((card) => card.contains(document.activeElement))

function cardAt(form: HTMLFormElement, place: number): HTMLElement | null {
  const card = place === -1 ? undefined : cardsOf(form)[place]
  return card?.querySelector('summary') ?? card ?? null
}

/** Presses a button of the page: everything typed is saved with it. */
export function press(does: string): void {
  clearTimeout(waiting)
  queue = queue.then(async () => {
    const form = formNow()
    if (form === null) return
    form.inert = true
    tell('Saving …')
    const sent = await send(form, does)
    form.inert = false
    if (sent === null)
      return tell(
        'Not done: there is no connection. What you typed is kept on this page: try again when it is back.',
        true,
      )
    const { response, page } = sent
    if (!new URL(response.url).pathname.startsWith('/captures/')) {
      isUnsaved = false
      location.assign(response.url)
    } else if (page.querySelector('form[data-save]') === null) tell(`Not done: ${reasonIn(page)}`, true)
    else {
      isUnsaved = !response.ok
      isStale = false
      replace(form, page, response.url)
    }
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
    press(submitter instanceof HTMLButtonElement ? submitter.value : 'save')
  })
  addEventListener('online', () => {
    if (isUnsaved) later(0)
  })
  addEventListener('beforeunload', (event) => {
    if (isUnsaved) event.preventDefault()
  })
}
