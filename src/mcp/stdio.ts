import { serveStdio } from '@modelcontextprotocol/server/stdio'
import type { Door } from '../http/assistants.ts'
import { serverOf } from './server.ts'

/** Speaks the protocol on standard input and output until it is told to stop. */
export const speakOnStdio = (door: Door): { close: () => Promise<void> } =>
  serveStdio(() => serverOf(door), { onerror: door.defect, maxSubscriptions: 0 })
