import { parseSigningKey, type Signer } from './note.ts'

/** The keys of a text, one a word; a sentence where one is none, which shows nothing of it. */
export async function keysIn(text: string, place: string): Promise<Signer[] | string> {
  const signers: Signer[] = []
  for (const word of text.split(/\s+/u).filter((part) => part !== '')) {
    const signer = await parseSigningKey(word)
    if (signer === null)
      return `${place} holds something that is no signing key (PRIVATE+KEY+…): the log is not signed.`
    signers.push(signer)
  }
  return signers.length > 0 ? signers : `${place} is empty: the log is not signed.`
}
