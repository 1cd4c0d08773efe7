/**
 * An address, read by the parser of the platform, or null where it is none. Not `URL.canParse`: on Node 20 that says no
 * to every address with a letter such as ü as soon as it was asked a few thousand times.
 */
export function parsedUrl(text: string, base?: string | URL): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}
