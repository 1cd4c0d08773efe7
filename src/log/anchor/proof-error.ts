/** A proof from outside does not show what it should, in words that go behind its name: "… is signed by nobody". */
export class ProofError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ProofError'
  }
}
