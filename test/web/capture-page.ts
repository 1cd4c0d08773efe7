import type { Site } from '../support/site.ts'
import { site } from '../support/site.ts'

/** An invented interview with the same traps as the one of the worked example. */
export const TEXT = `Nora Vale: Karsk is now not ready to open a second front
Speaking with River News, political analyst Nora Vale commented on the dispute over the strait.
“The other day the League stated that it answers for the strait within its settled borders. The border is not settled, so its duty begins nowhere. Accordingly, I can assume that Karsk, understanding perfectly well that the League will not interfere, is trying to push through its interests,” Vale said.
According to the expert, Karsk is by no means ready to open a second front, much less to close the strait.
“But for all that, I believe that Karsk is by no means ready to open a second front, much less to close the strait. The president, who won the election, definitely does not need a blockade. What does he need it for? Who gains by it? However, the pressure will continue. If closing means a blockade, then no, there will be no blockade by the end of the year. If closing is more of the same pressure, then yes, Karsk will continue to press,” Vale noted.
“We understand well that the strait is definitely not the focus of anybody else,” Vale concluded.`

const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** The fields of the form of a capture as a browser would send them. */
export function fieldsOf(page: string): [string, string][] {
  const form = /<form[^>]*id="capture"[^>]*>.*?<\/form>/su.exec(page)?.[0] ?? ''
  const tags =
    /<input([^>]*)>|<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)<\/textarea>|<select[^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gsu
  return [...form.matchAll(tags)].flatMap(([, input, area, text, select, options]): [string, string][] => {
    if (area !== undefined) return [[unescaped(area), unescaped(text ?? '')]]
    if (select !== undefined)
      return [[unescaped(select), unescaped(/value="([^"]*)" selected/u.exec(options ?? '')?.[1] ?? '')]]
    const name = /\bname="([^"]*)"/u.exec(input ?? '')?.[1]
    if (name === undefined) return []
    if (/type="(radio|checkbox)"/u.test(input ?? '') && !/ checked/u.test(input ?? '')) return []
    return [[unescaped(name), unescaped(/\bvalue="([^"]*)"/u.exec(input ?? '')?.[1] ?? '')]]
  })
}

/** An editor at the page of one capture, without script: every press sends the whole form and follows. */
export async function capturing(held?: Site, pasted = TEXT) {
  const on = held ?? (await site())
  const editor = await on.signedIn()
  const begun = await editor.post('/capture', { text: pasted })
  const path = begun.headers.get('location') ?? ''
  return { ...on, editor, path, ...(await pressing(on, path)) }
}

export async function pressing(on: Site, path: string, member?: Parameters<Site['signedIn']>[0]) {
  const editor = await on.signedIn(member)
  let page = (await editor.get(path)).text
  const send = async (does: string, changes: Record<string, string> = {}) => {
    const fields = new URLSearchParams(fieldsOf(page))
    for (const [name, value] of Object.entries(changes)) fields.set(name, value)
    fields.set('do', does)
    const answer = await editor.postBody(path, fields)
    const location = answer.headers.get('location')
    if (location?.replace(/[?#].*$/u, '') === path)
      page = (await editor.get(location.replace(/#.*$/u, ''))).text
    else if (location === `${path}/check`) page = (await editor.get(path)).text
    else if (location === null) page = answer.text
    return { status: answer.status, location, text: page }
  }
  /** What is checked is logged as the page of the check says; `location` is where the receipt leads, the source. */
  const press: typeof send = async (does, changes = {}) => {
    if (does !== 'log') return send(does, changes)
    const checked = await send('check', changes)
    if (checked.location !== `${path}/check`) return checked
    const check = (await editor.get(checked.location)).text
    const form = /<form[^>]*data-seal.*?<\/form>/su.exec(check)?.[0] ?? ''
    const fields = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/gu)]
    const sealed = new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value]))
    const answer = await editor.postBody(`${path}/check`, sealed)
    if (answer.headers.get('location') !== `${path}/logged`) return { ...answer, location: null }
    const receipt = (await editor.get(`${path}/logged`)).text
    const location = /href="(\/sources\/[^"#]*)"/u.exec(receipt)?.[1] ?? null
    return { status: answer.status, location, text: receipt }
  }
  /** The button of a suggested passage by how it begins. */
  const place = (verb: string, words: string): string => {
    const card =
      page
        .split('<article class="card suggested"')
        .slice(1)
        .find((part) => part.split('</q>')[0]?.includes(words)) ?? ''
    return new RegExp(`value="(${verb}:[^"]*)"`, 'u').exec(card)?.[1] ?? ''
  }
  return { press, place, text: () => page }
}
