/** A letter as it is sent: plain text, and the same as simple HTML. `id` stays the same however often it is tried. */
export type Mail = {
  id: string
  to: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
}

/** The ways out; only the entries make them. */
export type Outlets = {
  /** Scheme and host of every link; null where the settings name none, and then nothing is sent. */
  origin: string | null
  /** Null where no way to send letters is set. Throws with a sentence. */
  mail: ((mail: Mail) => Promise<void>) | null
  /** Posts through the guard, follows no redirect, and answers the status. Throws with a sentence. */
  post: (url: string, headers: Record<string, string>, body: string) => Promise<number>
  /** The present at each message: a run may take minutes. */
  now: () => Date
}
