import { addressOf, Misuse } from '../config.ts'
import { ED25519, type NoteKey, parseVerifierKey, verifierKey } from '../log/note.ts'
import type { Command } from './command.ts'
import { interruption } from './interruption.ts'

export const witnessCommand: Command = {
  name: 'witness',
  summary: 'watch the logs of others, and sign that they only grow',
  operands: { shown: 'FOLDER', least: 1, most: 1 },
  about: [
    'Serves the witness protocol of transparency logs (c2sp.org/tlog-witness) on HOST and PORT: whoever keeps one of the logs that are named shows each checkpoint here, and gets it signed with the time, once it is proven that the log only grew since the last one. A log that shows another history is refused and reported; nothing is signed twice.',
    'FOLDER holds the key of the witness, made at the first start, and the last checkpoint of each log. Who loses it begins anew under another name.',
  ].join('\n'),
  options: {
    log: {
      value: 'KEY',
      about: 'the verifier key of a log, as its /api/log/key shows it',
      repeats: true,
      required: true,
    },
    name: { value: 'NAME', about: 'what a new witness is called, such as example.org/witness' },
  },
  examples: [
    [
      'reckon witness /srv/witness --name example.org/witness --log example.com+5f6e9a3c+AeqVnWq0xn7Cf3kMvjUWbZoRr2yP1wDg8hXsLtN4iQ9K',
      'Begins a witness for one log.',
    ],
  ],
  problems: 'the port is taken',
  run: async (context, given) => {
    const { HOST, PORT } = context.config()
    const { witnessMemory } = await import('../node/witness-memory.ts')
    const { serveWitness } = await import('../node/witness-server.ts')
    const logs = given.all('log').map(logKey)
    const interrupted = interruption()
    const memory = await witnessMemory(given.positionals[0] as string, given.text('name'))
    const server = await serveWitness(
      memory,
      logs,
      { host: HOST, port: PORT, now: context.now },
      (event, fields) => context.note(JSON.stringify({ at: context.now().toISOString(), event, ...fields })),
    )
    const address = addressOf(HOST, server.port)
    const key = verifierKey(memory.signer.key)
    if (context.json) context.say(JSON.stringify({ address, key, logs: logs.map(({ name }) => name) }))
    else {
      context.say(
        `The witness ${memory.signer.key.name} is at ${address}, for ${logs.map(({ name }) => name).join(', ')}.`,
      )
      context.say(`Its key, for those who ask it: ${key}`)
    }
    await interrupted
    await server.close()
    return { text: '', json: undefined }
  },
}

function logKey(text: string): NoteKey {
  const key = parseVerifierKey(text)
  if (key?.type === ED25519) return key
  throw new Misuse(`"${text}" is no verifier key of a log.`, 'A ledger shows its own at /api/log/key.')
}
