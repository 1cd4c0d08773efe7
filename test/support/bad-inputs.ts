import { readFileSync } from 'node:fs'

export type BadInput = {
  id: string
  target: string
  payload: unknown
  why: string
  expected: string
  status?: number
}
type Scenario = { $repeat?: [string, number]; prefix?: string; suffix?: string; $rawJson?: string }

export const { cases } = JSON.parse(
  readFileSync(new URL('../fixtures/bad-inputs.json', import.meta.url), 'utf8'),
) as { cases: BadInput[] }

/** What a payload stands for; undefined where it is no JSON value. */
function meantBy(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null) return payload
  const { $repeat, prefix = '', suffix = '', $rawJson } = payload as Scenario
  if ($repeat !== undefined) return prefix + $repeat[0].repeat($repeat[1]) + suffix
  if ($rawJson === undefined) return payload
  try {
    return JSON.parse($rawJson)
  } catch {
    return undefined
  }
}

/** The hostile values of some targets: what is sent, whether it must be stored as it came, and why it is sent. */
export const hostile = (
  ...targets: string[]
): { id: string; why: string; value: unknown; stored: boolean }[] =>
  cases
    .filter(({ target }) => targets.includes(target))
    .map(({ id, why, payload, expected }) => ({
      id,
      why,
      value: meantBy(payload),
      stored: expected.startsWith('store'),
    }))
    .filter(({ value }) => value !== undefined)
