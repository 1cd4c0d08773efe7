import type { Row } from './database.ts'

type Read<T> = (value: unknown) => T
type Columns = Readonly<Record<string, Read<unknown>>>
/** What is read of a row by its columns. */
type Of<C extends Columns> = { [K in keyof C]: ReturnType<C[K]> }

/** Reads these columns of a row, each as its table says; the type of what is read follows from it. */
export function rowOf<C extends Columns>(columns: C): (row: Row) => Of<C> {
  const all = Object.entries(columns)
  return (row) => Object.fromEntries(all.map(([name, read]) => [name, read(row[name])])) as Of<C>
}

export const text: Read<string> = String
export const number: Read<number> = Number
export const flag: Read<boolean> = (value) => Number(value) > 0
export const instant: Read<Date> = (value) => new Date(String(value))
/** A text that is one of a few. */
export const word =
  <T extends string>(): Read<T> =>
  (value) =>
    String(value) as T
// Records were checked by their schema when they were written and are hashed; `reckon verify` checks them again.
export const parsed = <T>(value: unknown): T => JSON.parse(String(value)) as T
export const json = <T>(): Read<T> => parsed<T>
export const orNull =
  <T>(read: Read<T>): Read<T | null> =>
  (value) =>
    value === null || value === undefined ? null : read(value)
