import { busy } from './line.ts'

/** Room for one answer that is sent piece by piece. */
export type Stream = {
  carry: (body: ReadableStream<Uint8Array>) => ReadableStream<Uint8Array>
  /** Gives the room back where there was nothing to send. */
  end: () => void
}
type Held = { waitsSince: Date | null; giveWay: () => void }

/** From here on a reader who takes nothing gives way to one who comes. */
const PATIENCE_MS = 30_000

/** At most so many answers are sent piece by piece at once. A piece is made when the one before was taken. */
export function streams(most: number, now: () => Date): { open: () => Stream } {
  const held = new Set<Held>()

  const makeRoom = () => {
    if (held.size < most) return
    const [idlest] = [...held]
      .filter(({ waitsSince }) => waitsSince !== null && now().getTime() - waitsSince.getTime() > PATIENCE_MS)
      .sort((a, b) => Number(a.waitsSince) - Number(b.waitsSince))
    if (idlest === undefined) throw busy()
    idlest.giveWay()
  }

  const open = (): Stream => {
    makeRoom()
    const self: Held = { waitsSince: null, giveWay: () => held.delete(self) }
    held.add(self)
    const end = () => {
      held.delete(self)
    }
    const carry = (body: ReadableStream<Uint8Array>) => {
      const reader = body.getReader()
      self.waitsSince = now()
      return new ReadableStream<Uint8Array>(
        {
          start(controller) {
            self.giveWay = () => {
              end()
              controller.error(busy())
              reader.cancel().catch(() => undefined)
            }
          },
          async pull(controller) {
            self.waitsSince = null
            try {
              const { done, value } = await reader.read()
              self.waitsSince = now()
              if (!done) return controller.enqueue(value)
              end()
              controller.close()
            } catch (error) {
              end()
              throw error
            }
          },
          cancel(reason) {
            end()
            return reader.cancel(reason)
          },
        },
        { highWaterMark: 0 },
      )
    }
    return { carry, end }
  }
  return { open }
}
