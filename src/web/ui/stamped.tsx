import { Instant } from './date.tsx'

/** Beside the time at which something counts as recorded: what a wrong clock had stamped it with. */
export const Stamped = ({ at }: { at: string | undefined }) =>
  at === undefined ? null : (
    <>
      {' '}
      (stamped <Instant at={at} /> by a wrong clock, and put back)
    </>
  )
