import type { Chance } from './chance.ts'

/**
 * Which statements stand in one interview, and how much they move together: ρ of a normal copula of being right.
 * Crossed: every statement has a family too, drawn for itself, with its own ρ.
 */
export type Layout = { name: string; rho: number; sizes: (n: number) => number[]; crossed?: Crossed }
type Crossed = { families: (n: number) => number; rho: number }

const cut = (n: number, size: (place: number) => number): number[] => {
  const sizes: number[] = []
  for (let left = n; left > 0; left -= sizes.at(-1) as number) sizes.push(Math.min(left, size(sizes.length)))
  return sizes
}

const alike =
  (size: number) =>
  (n: number): number[] =>
    cut(n, () => size)

const UNEVEN = [1, 1, 2, 3, 5, 8]
const uneven = (n: number): number[] => cut(n, (place) => UNEVEN[place % UNEVEN.length] as number)

const oneHolds =
  (share: number) =>
  (n: number): number[] =>
    cut(n, (place) => (place === 0 ? Math.round(n * share) : 1))

export const alone: Layout = { name: 'each alone', rho: 0, sizes: alike(1) }
export const pairs: Layout = { name: 'pairs, ρ .8', rho: 0.8, sizes: alike(2) }
export const fives = (rho: number): Layout => ({ name: `fives, ρ ${rho}`, rho, sizes: alike(5) })
export const unevenly: Layout = { name: 'uneven, ρ .8', rho: 0.8, sizes: uneven }
export const oneLong = (share: number, rho: number): Layout => ({
  name: `one interview holds ${Math.round(share * 100)} %, ρ ${rho}`,
  rho,
  sizes: oneHolds(share),
})
export const crossed: Layout = {
  name: 'interviews ρ .4 crossed with families ρ .4',
  rho: 0.4,
  sizes: alike(3),
  crossed: { families: (n) => Math.round(n / 6), rho: 0.4 },
}

export type Place = { interview: string; family: string | null; latent: number }

/** The places of n statements, each with the standard normal that decides whether it is right. */
export function placesOf({ rho, sizes, crossed: across }: Layout, n: number, chance: Chance): Place[] {
  const families = across && Array.from({ length: across.families(n) }, () => chance.normal())
  const own = Math.sqrt(1 - rho - (across?.rho ?? 0))
  return sizes(n).flatMap((size, g) => {
    const shared = Math.sqrt(rho) * chance.normal()
    return Array.from({ length: size }, (): Place => {
      const family = families ? Math.floor(chance.uniform() * families.length) : null
      const ofFamily = family === null ? 0 : Math.sqrt(across?.rho ?? 0) * (families?.[family] as number)
      return {
        interview: `interview ${g}`,
        family: family === null ? null : `family ${family}`,
        latent: shared + ofFamily + own * chance.normal(),
      }
    })
  })
}
