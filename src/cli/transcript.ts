import { existsSync, readFileSync } from 'node:fs'
import { Misuse } from '../config.ts'
import { readable } from '../core/text.ts'
import { heardOf, transcriptIn } from '../reading/transcript.ts'
import type { Command } from './command.ts'
import { harmless } from './terminal.ts'

export const transcript: Command = {
  name: 'transcript',
  summary: 'join captions into the text that is read and quoted',
  operands: { shown: 'FILE', least: 1, most: 1 },
  about:
    'Reads WebVTT, SubRip, the JSON of a podcast or of a recogniser of speech, or lines with times, and writes the text that a capture makes of it: turns, sentences, a time before each turn. It reads no ledger and changes nothing.',
  options: {},
  examples: [
    ['reckon transcript talk.vtt', 'The text.'],
    ['reckon transcript talk.vtt --json', 'With the second of every place, and what was taken out.'],
  ],
  run: async (context, given) => {
    const path = given.positionals[0] as string
    if (!existsSync(path)) throw new Misuse(`There is no file ${JSON.stringify(path)}.`)
    const found = transcriptIn(readable(readFileSync(path, 'utf8')))
    if (found === null || found.text.trim() === '')
      throw new Misuse(
        `${path} is no transcript: neither WebVTT, SubRip or JSON with segments, nor lines with times.`,
      )
    const heard = heardOf(found, found.text.length)
    for (const taken of heard.taken_out) context.note(`Taken out: ${taken}.`)
    if (heard.machine !== null) context.note(`It is taken for the work of a machine: ${heard.machine}.`)
    if (!heard.has_sentences) context.note('No sentence can be told from the next: nothing of it is read.')
    return { text: found.text.split('\n').map(harmless).join('\n'), json: { text: found.text, ...heard } }
  },
}
