const LONGEST_MS = 30_000

/** The page that answers a form, or null where no answer came: then it is not known whether the form arrived. */
export async function post(
  form: HTMLFormElement,
  body: FormData | URLSearchParams,
): Promise<{ response: Response; page: Document } | null> {
  const wait = new AbortController()
  const timer = setTimeout(() => wait.abort(), LONGEST_MS)
  try {
    const response = await fetch(form.action, { method: 'POST', body, signal: wait.signal })
    return { response, page: new DOMParser().parseFromString(await response.text(), 'text/html') }
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

/** Why a page refuses, in its own words. */
export const reasonIn = (page: Document): string =>
  ['#problems b', 'main .lead', 'main h1']
    .map((place) => page.querySelector(place)?.textContent?.trim())
    .find((words) => words !== undefined && words !== '') ?? 'the server did not take it'

/** Says in the page what became of a form. */
export function tell(words: string, isBad = false): void {
  const status = document.getElementById('status')
  if (status === null) return
  status.classList.toggle('bad', isBad)
  if (status.textContent !== words) status.textContent = words
}
