import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/log/encoding.ts'
import {
  isKeyName,
  noteKey,
  openNote,
  parseNote,
  parseSigningKey,
  parseVerifierKey,
  signingKey,
  signNote,
  verifierKey,
} from '../../src/log/note.ts'

const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const SEED = Uint8Array.from({ length: 32 }, (_, at) => at)

type Vector = {
  note: string
  noteEncoding: 'utf8' | 'base64'
  vkeys: string[]
  expect: 'accept' | 'reject'
  verifiedBy?: string[]
  why: string
}
const published: { badVkeys: string[]; open: Vector[] } = JSON.parse(
  readFileSync(new URL('../vectors/signed-note/notes.json', import.meta.url), 'utf8'),
)

const keysOf = (texts: string[]) =>
  texts.map((text) => {
    const key = parseVerifierKey(text)
    if (key === null) throw new Error(`no key: ${text}`)
    return key
  })

describe('the published notes', () => {
  it('are all there', () => {
    expect(published.open.length).toBe(14)
  })

  it.each(published.open)('are judged as published: $why', async (vector) => {
    const note = vector.noteEncoding === 'utf8' ? vector.note : Buffer.from(vector.note, 'base64')
    const opened = await openNote(note, keysOf(vector.vkeys))
    expect(opened.problem === null ? 'accept' : 'reject').toBe(vector.expect)
    if (opened.problem === null) expect(opened.signedBy.map((key) => key.name)).toEqual(vector.verifiedBy)
  })
})

describe('a key in a text', () => {
  it('gives back the text that it was read from', () => {
    for (const { vkeys } of published.open) {
      for (const key of keysOf(vkeys)) expect(vkeys).toContain(verifierKey(key))
    }
  })

  it('is refused where it is published as bad', () => {
    for (const text of published.badVkeys) expect(parseVerifierKey(text), text).toBeNull()
  })

  it('is refused when one character is left out, cut off or changed, public or secret', async () => {
    const secret = await signingKey('PeterNeumann', SEED)
    for (const [text, parse] of [
      [PETER, parseVerifierKey],
      [secret, parseSigningKey],
    ] as const) {
      expect(await parse(text)).not.toBeNull()
      for (let at = 0; at < text.length; at += 1) {
        expect(await parse(text.slice(0, at)), `cut at ${at}`).toBeNull()
        if (at > 0) expect(await parse(text.slice(at)), `from ${at}`).toBeNull()
        const changed = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) + 1) + text.slice(at + 1)
        expect(await parse(changed), `changed at ${at}`).toBeNull()
      }
    }
  })

  it('has a name without white space and plus', () => {
    for (const name of ['reckoning.example', 'example.com/log42', 'журнал.example']) {
      expect(isKeyName(name), name).toBe(true)
    }
    for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\nb', 'a\u2028b', '\ud800']) {
      expect(isKeyName(name), JSON.stringify(name)).toBe(false)
    }
  })
})

describe('a signature', () => {
  it('is that of RFC 8032 for its first test', async () => {
    const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
    const signer = await parseSigningKey(await signingKey('test', new Uint8Array(Buffer.from(seed, 'hex'))))
    expect(Buffer.from(signer?.key.publicKey ?? []).toString('hex')).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    )
    expect(Buffer.from((await signer?.sign(new Uint8Array())) ?? []).toString('hex')).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    )
  })

  it('opens the note for whoever holds the key, and for nobody else', async () => {
    const signer = await parseSigningKey(await signingKey('reckoning.example', SEED))
    const other = await parseSigningKey(await signingKey('reckoning.example', SEED.toReversed()))
    if (signer === null || other === null) throw new Error('no keys')
    const note = await signNote('first\n\nlast\n', [signer, other])
    expect(await openNote(note, [signer.key])).toMatchObject({
      problem: null,
      text: 'first\n\nlast\n',
      signedBy: [signer.key],
    })
    expect(await openNote(note, [signer.key, other.key])).toMatchObject({ signedBy: [signer.key, other.key] })
    expect(await openNote(note, [noteKey('somebody.example', signer.key.publicKey)])).toEqual({
      problem: 'unknown_signers',
    })
    expect(await openNote(note.replace('first', 'First'), [signer.key])).toEqual({
      problem: 'wrong_signature',
    })
    await expect(signNote('no line feed', [signer])).rejects.toThrow(RangeError)
  })

  it('that is wrong in the name of a known key refuses the whole note, though another is right', async () => {
    const signer = await parseSigningKey(await signingKey('a.example', SEED))
    const other = await parseSigningKey(await signingKey('b.example', SEED))
    if (signer === null || other === null) throw new Error('no keys')
    const note = await signNote('text\n', [signer])
    const elsewhere = parseNote(await signNote('another\n', [other]))
    const line = (await signNote('another\n', [other])).split('\n').at(-2)
    expect(elsewhere?.signatures.length).toBe(1)
    expect(await openNote(`${note}${line}\n`, [signer.key, other.key])).toEqual({
      problem: 'wrong_signature',
    })
    expect(await openNote(`${note}${line}\n`, [signer.key])).toMatchObject({ problem: null })
  })

  it('may stand beside a hundred others at most, in a note of at most a million letters', () => {
    const line = `— x ${Buffer.from(utf8('12345')).toString('base64')}\n`
    expect(parseNote(`t\n\n${line.repeat(100)}`)).not.toBeNull()
    expect(parseNote(`t\n\n${line.repeat(101)}`)).toBeNull()
    expect(parseNote(`${'t'.repeat(1_000_000)}\n\n${line}`)).toBeNull()
  })
})
