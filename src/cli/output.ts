/** Where text goes that may meet a full disk or a reader who has left. */
export type Output = {
  write: (text: string) => void
  isTTY: boolean
  columns?: number
  /** Why the last of what was written was lost, or null. */
  failure: () => NodeJS.ErrnoException | null
}

/** A standard stream as an output that never stops the program: what cannot be written is lost. */
export function outputOn(stream: NodeJS.WriteStream): Output {
  let failed: NodeJS.ErrnoException | null = null
  const wrote = (error?: Error | null) => {
    failed = error ?? null
  }
  // Whatever else writes on it (the console) fails here, too.
  stream.on('error', wrote)
  return {
    write: (text) => {
      try {
        stream.write(text, wrote)
      } catch (error) {
        wrote(error as Error)
      }
    },
    isTTY: stream.isTTY === true,
    ...(stream.columns === undefined ? {} : { columns: stream.columns }),
    failure: () => failed,
  }
}
