// The first that fits: each of them also says that it is those below it.
const BROWSERS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bEdgi?A?(?:OS)?\/\d/u, 'Edge'],
  [/\bOPR\/\d/u, 'Opera'],
  [/\bVivaldi\/\d/u, 'Vivaldi'],
  [/\bSamsungBrowser\/\d/u, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/\d/u, 'Firefox'],
  [/\b(?:HeadlessChrome|Chromium|Chrome|CriOS)\/\d/u, 'Chrome'],
  [/\bVersion\/\d.*\bSafari\/\d/u, 'Safari'],
]
const SYSTEMS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\biPhone\b/u, 'an iPhone'],
  [/\biPad\b/u, 'an iPad'],
  [/\bAndroid\b/u, 'Android'],
  [/\bCrOS\b/u, 'ChromeOS'],
  [/\bWindows\b/u, 'Windows'],
  [/\bMacintosh\b/u, 'a Mac'],
  [/\bLinux\b/u, 'Linux'],
]

const firstOf = (known: typeof BROWSERS, agent: string): string | null =>
  known.find(([mark]) => mark.test(agent))?.[1] ?? null

/**
 * What a browser says it is, in words such as "Firefox on Linux"; null where it says nothing that is known. Many say
 * they are another, and none is believed: it only helps its owner to recognise it.
 */
export function browserNamed(agent: string | null): string | null {
  const said = (agent ?? '').slice(0, 500)
  const browser = firstOf(BROWSERS, said)
  if (browser === null) return null
  const system = firstOf(SYSTEMS, said)
  return system === null ? browser : `${browser} on ${system}`
}
