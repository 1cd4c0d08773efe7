import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Analyst } from '../../src/core/analyst.ts'
import { nearKeys } from '../../src/core/name.ts'
import { keysIn, mentionsIn } from '../../src/reading/mention.ts'

const person = (id: string, name: string, aliases: string[] = []): Analyst => ({ id, name, aliases })
const KALACHEV = person('kalachev', 'Konstantin Kalachev')
const PEOPLE = [
  KALACHEV,
  person('merkel', 'Angela Merkel'),
  person('aliyev', 'İlham Əliyev', ['Ильхам Алиев']),
  person('petrosyan', 'Աննա Պետրոսյան'),
  person('beridze', 'ნინო ბერიძე'),
  person('orban', 'Viktor Orbán'),
  person('sikorski', 'Radosław Sikorski'),
  person('mitsotakis', 'Kyriakos Mitsotakis'),
  person('pele', 'Nostradamus'),
]

describe('whoever a text names', () => {
  it.each([
    ['Konstantin Kalachev says so.', 'kalachev', 'Konstantin Kalachev'],
    ['In Konstantin Kalachev’s words there will be no war.', 'kalachev', 'Konstantin Kalachev’s'],
    ['The record of Kalachev Konstantin', 'kalachev', 'Kalachev Konstantin'],
    ['KONSTANTIN KALACHEV: no war', 'kalachev', 'KONSTANTIN KALACHEV'],
    ['По словам Константина Калачёва, войны не будет.', 'kalachev', 'Константина Калачёва'],
    ['Мы спросили об этом Константина Калачева', 'kalachev', 'Константина Калачева'],
    ['дали слово Константину Калачёву.', 'kalachev', 'Константину Калачёву'],
    ['беседа с Константином Калачевым', 'kalachev', 'Константином Калачевым'],
    ['Konstantin Kalatschew im Gespräch', 'kalachev', 'Konstantin Kalatschew'],
    ['Angela Merkels Rede', 'merkel', 'Angela Merkels'],
    ['o Angeli Merkel', 'merkel', 'Angeli Merkel'],
    ['İlham Əliyev’in sözləri', 'aliyev', 'İlham Əliyev’in'],
    ['слова Ильхама Алиева', 'aliyev', 'Ильхама Алиева'],
    ['Ilham Aliyev said', 'aliyev', 'Ilham Aliyev'],
    ['Աննա Պետրոսյանի խոսքերով', 'petrosyan', 'Աննա Պետրոսյանի'],
    ['Anna Petrosyan expects', 'petrosyan', 'Anna Petrosyan'],
    ['ნინო ბერიძის აზრით', 'beridze', 'ნინო ბერიძის'],
    ['Orbán Viktor szerint', 'orban', 'Orbán Viktor'],
    ['słowa Radosława Sikorskiego', 'sikorski', 'Radosława Sikorskiego'],
    ['λόγια του Κυριάκου Μητσοτάκη', 'mitsotakis', 'Κυριάκου Μητσοτάκη'],
    ['what Nostradamus foresaw', 'pele', 'Nostradamus'],
    ['Kalachev said', null, ''],
    ['Merkel said to Angela', null, ''],
    ['angela merkel', null, ''],
    ['Angela. Merkel', null, ''],
    ['Angela, Merkel', null, ''],
    ['Angela\nMerkel', null, ''],
    ['Konstantin Kalachevich', null, ''],
  ])('%j', (text, id, exact) => {
    const found = mentionsIn(text, PEOPLE)
    expect(found).toEqual(
      id === null
        ? []
        : [{ exact, start: text.indexOf(exact), end: text.indexOf(exact) + exact.length, is: id, may: [] }],
    )
  })

  it('by an initial may be meant, and is not said to be', () => {
    expect(mentionsIn('K. Kalachev and К. Калачёв', PEOPLE)).toMatchObject([
      { exact: 'K. Kalachev', is: null, may: ['kalachev'] },
      { exact: 'К. Калачёв', is: null, may: ['kalachev'] },
    ])
  })

  it('by a name of two is neither of them', () => {
    const namesake = person('kalachev-ii', 'Константин Калачев')
    expect(mentionsIn('Konstantin Kalachev', [...PEOPLE, namesake])).toMatchObject([
      { is: null, may: ['kalachev', 'kalachev-ii'] },
    ])
  })

  it('is named by the longest name that fits, and each place is one', () => {
    const people = [person('anna', 'Anna Maria'), person('petrova', 'Anna Maria Petrova')]
    expect(mentionsIn('Anna Maria Petrova met Anna Maria', people)).toMatchObject([
      { is: 'petrova' },
      { is: 'anna' },
    ])
  })

  it('can be looked up by the keys of the text', () => {
    const text = 'По словам Константина Калачёва, Angela Merkels Rede, ნინო ბერიძის, Nostradamus'
    const keys = new Set(keysIn(text))
    for (const { is } of mentionsIn(text, PEOPLE)) {
      const { name } = PEOPLE.find(({ id }) => id === is) as Analyst
      expect(
        nearKeys(name).some((key) => keys.has(key)),
        name,
      ).toBe(true)
    }
  })

  it('stands where it is said to stand, whatever the text', () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(...PEOPLE.map(({ name }) => name), ' ', ', ', '. '),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        let last = 0
        for (const { exact, start, end, is, may } of mentionsIn(text, PEOPLE)) {
          expect(text.slice(start, end)).toBe(exact)
          expect(start).toBeGreaterThanOrEqual(last)
          expect(is === null ? may.length : 1).toBeGreaterThan(0)
          last = end
        }
      }),
    )
  })
})
