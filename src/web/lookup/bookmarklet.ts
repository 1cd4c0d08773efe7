import * as paths from '../../http/paths.ts'

const LONGEST_SELECTION = 1500

/** A page of ours in a tab of its own, with what is selected (or the title) and the address of the page one is on. */
const opening = (address: string, otherwise: string): string =>
  `javascript:${encodeURIComponent(
    `(()=>{const s=String(getSelection()).trim().slice(0,${LONGEST_SELECTION});open(${JSON.stringify(address)}+'?url='+encodeURIComponent(location.href)+'&text='+encodeURIComponent(${otherwise}))})()`,
  )}`

/** What a bookmark holds that looks up, and that begins a capture, from whatever page it is pressed on. */
export const bookmarklets = (origin: string) => ({
  lookUpCode: opening(origin + paths.lookup(), 's||document.title'),
  captureCode: opening(origin + paths.captures(), 's'),
})
