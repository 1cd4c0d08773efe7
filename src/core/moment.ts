import { parsedUrl } from './url.ts'

const MEDIA = /\.(?:mp3|mp4|m4a|m4v|mov|webm|wav|ogg|oga|ogv|opus|aac|flac|m3u8)$/iu
const YOUTUBE = /^(?:(?:www|m|music)\.)?(?:youtube\.com|youtube-nocookie\.com)$|^youtu\.be$/u
const HOSTS: readonly (readonly [host: RegExp, write: (url: URL, seconds: number) => void])[] = [
  [YOUTUBE, (url, seconds) => url.searchParams.set('t', String(seconds))],
  [/^(?:www\.)?dailymotion\.com$/u, (url, seconds) => url.searchParams.set('start', String(seconds))],
  [/^(?:www\.|m\.)?twitch\.tv$/u, (url, seconds) => url.searchParams.set('t', `${seconds}s`)],
  [/^(?:www\.|player\.)?vimeo\.com$/u, (url, seconds) => (url.hash = `t=${seconds}s`)],
]

/** A time code in seconds. */
export const secondsOf = (timecode: string): number =>
  timecode.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)

/** The address at which a recording begins with its second; null where nothing says that an address is one. */
export function momentOf(address: string, timecode: string): string | null {
  const url = parsedUrl(address)
  if (url === null) return null
  const seconds = secondsOf(timecode)
  const known = HOSTS.find(([host]) => host.test(url.hostname))
  if (known !== undefined) known[1](url, seconds)
  else if (MEDIA.test(url.pathname)) url.hash = `t=${seconds}`
  else return null
  return url.href
}
