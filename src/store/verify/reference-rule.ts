import type { Event } from '../../core/entry.ts'

/** What binds references to each other: each is recorded once, before anybody declares it or takes it back. */
export function referenceCheck(refuse: (seq: number, code: string, message: string) => void) {
  const references = new Map<string, 'stands' | 'withdrawn'>()

  return (event: Event): void => {
    switch (event.type) {
      case 'reference.recorded': {
        const { question, id, observed_at } = event.payload
        if (observed_at !== undefined && observed_at > event.at)
          refuse(event.seq, 'reference', 'What it was observed at lies after the entry.')
        if (references.has(`${question} ${id}`))
          refuse(event.seq, 'reference', 'A reference of this id was recorded before.')
        references.set(`${question} ${id}`, 'stands')
        break
      }
      case 'reference.chosen':
      case 'reference.withdrawn': {
        const name = `${event.payload.question} ${event.payload.id}`
        if (references.get(name) !== 'stands')
          refuse(
            event.seq,
            'reference',
            'It is about a reference that nobody recorded, or that was withdrawn.',
          )
        if (event.type === 'reference.withdrawn') references.set(name, 'withdrawn')
        break
      }
      case 'forecast.recorded':
        if (event.payload.reference !== undefined)
          references.set(`${event.payload.question} ${event.payload.id}`, 'stands')
        break
    }
  }
}
