import { parseAtomFeed } from 'feedsmith'
import ICAL from 'ical.js'
import { SaxesParser } from 'saxes'
import { expect } from 'vitest'

/** Well formed with namespaces, as a parser says that forgives nothing, and what another one makes of it. */
export function atomOf(text: string) {
  const elements: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ local }) => elements.push(local))
  parser.write(text).close()
  const feed = parseAtomFeed(text)
  // RFC 4287, sections 4.1.1 and 4.1.2.
  for (const part of [feed, ...(feed.entries ?? [])])
    expect([part.id, part.title, part.updated].filter((value) => value === undefined)).toEqual([])
  expect(new Set(feed.entries?.map(({ id }) => id)).size).toBe(feed.entries?.length ?? 0)
  return { ...feed, entries: feed.entries ?? [], elements }
}

/** The events of a calendar, whose lines are no longer than they may be, as an independent parser reads it. */
export function calendarOf(text: string) {
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u)
  for (const line of text.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    // No letter is cut in two.
    expect(line).not.toContain('\ufffd')
  }
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[])
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      sequence: Number(component.getFirstPropertyValue('sequence')),
      summary: event.summary,
      description: event.description,
      from: event.startDate.toString(),
      to: event.endDate.toString(),
      isDay: event.startDate.isDate,
      stamp: String(component.getFirstPropertyValue('dtstamp')),
      status: String(component.getFirstPropertyValue('status')),
      url: String(component.getFirstPropertyValue('url')),
      tags: component.getFirstProperty('categories')?.getValues() ?? [],
    }
  })
}
