import { readFileSync } from 'node:fs'

/** What a program did to its files, in order, and what it said. */
export type Event =
  | { kind: 'write'; path: string; at: number; bytes: Buffer }
  | { kind: 'size'; path: string; size: number }
  | { kind: 'sync'; path: string }
  | { kind: 'remove'; path: string }
  | { kind: 'said'; text: string }

/** How strace is asked, so that `eventsIn` can read what it wrote. */
export const TRACED = [
  ...['-f', '-qq', '-y', '-xx', '-s', '1000000'],
  ...['-e', 'trace=pwrite64,pwritev,pwritev2,write,ftruncate,fsync,fdatasync,unlink,unlinkat'],
]

const CALL = /^(\w+)\((?:(\d+)<((?:\\x[0-9a-f]{2})*)>)?(?:AT_FDCWD(?:<[^>]*>)?)?,? ?(.*)$/su
const STRING = /"((?:\\x[0-9a-f]{2})*)"/u
const unescaped = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex')

/** Reads a trace. A write counts from its beginning, a sync from its end: what lies between is not safe yet. */
export function eventsIn(file: string): Event[] {
  const open = new Map<string, string>()
  return readFileSync(file, 'latin1')
    .split('\n')
    .flatMap((line): Event[] => {
      const [, pid = '', said = ''] = /^(\d+) +(.*)$/su.exec(line) ?? []
      if (said.endsWith('<unfinished ...>')) {
        open.set(pid, said)
        return isSync(said) ? [] : eventOf(said)
      }
      if (!said.startsWith('<... ')) return failed(said) ? [] : eventOf(said)
      const begun = open.get(pid) ?? ''
      open.delete(pid)
      return isSync(begun) && !failed(said) ? eventOf(begun) : []
    })
}

const isSync = (call: string) => /^f(data)?sync\(/u.test(call)
const failed = (call: string) => / = -1 /u.test(call)

function eventOf(call: string): Event[] {
  const [, name, fd, place = '', rest = ''] = CALL.exec(call) ?? []
  const path = unescaped(place).toString()
  switch (name) {
    case 'pwrite64': {
      const bytes = unescaped(STRING.exec(rest)?.[1] ?? '')
      const [, at] = /, (\d+)(?:\)| <unfinished)[^"]*$/u.exec(rest) ?? []
      return [{ kind: 'write', path, at: Number(at), bytes }]
    }
    case 'write':
      return fd === '1' ? [{ kind: 'said', text: unescaped(STRING.exec(rest)?.[1] ?? '').toString() }] : []
    case 'ftruncate':
      return [{ kind: 'size', path, size: Number.parseInt(rest, 10) }]
    case 'fsync':
    case 'fdatasync':
      return [{ kind: 'sync', path }]
    case 'unlink':
    case 'unlinkat':
      return [{ kind: 'remove', path: unescaped(STRING.exec(call)?.[1] ?? '').toString() }]
    case 'pwritev':
    case 'pwritev2':
      throw new Error('the engine writes in a way that is not understood here')
    default:
      return []
  }
}
