/** What is open and ends with the test that opened it. */
const closing: (() => unknown)[] = []

export const afterTest = (close: () => unknown): void => {
  closing.push(close)
}

/** Closes what was opened last first, and all of it, whatever goes wrong with one. */
export async function closeOpened(): Promise<void> {
  const wrong: unknown[] = []
  for (const close of closing.splice(0).reverse())
    try {
      await close()
    } catch (error) {
      wrong.push(error)
    }
  if (wrong.length > 0) throw wrong[0]
}
