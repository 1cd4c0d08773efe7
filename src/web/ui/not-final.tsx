import { isOpenReserve } from '../../core/objection.ts'

/** Once on a page on which several outcomes are called not final: that they count, and until when they may be objected to. */
export function NotFinal({ reserves }: { reserves: readonly (string | null | undefined)[] }) {
  const open = [...new Set(reserves.filter((reserve) => reserve != null && isOpenReserve(reserve)))]
  return open.length === 0 ? null : (
    <p class="small soft">
      “Not final”: the outcome counts, and is{' '}
      {open.length === 1 ? open[0] : 'open to objection until the time that its own page says'}.
    </p>
  )
}
