import autocannon from 'autocannon'

/** Asks for so many seconds; an answer of another status than `expected`, or none, ends the benchmark. */
export async function load(
  options: autocannon.Options,
  expected: number,
): Promise<{ perSecond: number; p99: number }> {
  const { statusCodeStats = {}, errors, duration, latency } = await autocannon(options)
  const given = new Map(Object.entries(statusCodeStats).map(([status, { count = 0 }]) => [status, count]))
  if (errors > 0) given.set('no answer', errors)
  const answers = given.get(String(expected)) ?? 0
  if (answers === 0 || given.size > 1)
    throw new Error(
      `${options.url} was to answer ${expected}, and gave ${[...given].map(([what, times]) => `${times} × ${what}`).join(', ') || 'nothing'}`,
    )
  return { perSecond: answers / duration, p99: latency.p99 }
}
