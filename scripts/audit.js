/**
 * `npm audit` against the list of reasoned exceptions beside it: an advisory that is not on the list fails, and so does
 * an exception that has run out or that nothing needs any more. Exits 75 where the registry gave no answer.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Nobody could say: neither good nor bad. */
export const NOT_CHECKED = 75

/** What is wrong, in lines, and what could not be asked, or null. `report` is what `npm audit --json` printed. */
export function judged(report, exceptions, today) {
  const faults = exceptions.flatMap(({ package: name, advisory, reason, until }) => [
    ...(reason?.trim() ? [] : [`The exception for ${advisory} in ${name} gives no reason.`]),
    ...(/^\d{4}-\d{2}-\d{2}$/u.test(until) && until >= today
      ? []
      : [`The exception for ${advisory} in ${name} ran out (${until}): update, or look at it again.`]),
  ])
  if (report?.vulnerabilities === undefined)
    return { faults, unasked: report?.message ?? 'npm audit printed no report' }
  const found = Object.values(report.vulnerabilities).flatMap(({ via }) =>
    via
      .filter((cause) => typeof cause === 'object')
      .map(({ name, url, title, severity }) => ({
        name,
        advisory: url.slice(url.lastIndexOf('/') + 1),
        title,
        severity,
        url,
      })),
  )
  const meets = (exception, { name, advisory }) =>
    exception.package === name && exception.advisory === advisory
  for (const one of found)
    if (!exceptions.some((exception) => meets(exception, one)))
      faults.push(
        `${one.name}: ${one.title} (${one.severity}, ${one.url}). Update it, or add it to scripts/audit-exceptions.json.`,
      )
  for (const exception of exceptions)
    if (!found.some((one) => meets(exception, one)))
      faults.push(
        `The exception for ${exception.advisory} in ${exception.package} is needed no more: take it out.`,
      )
  return { faults: [...new Set(faults)], unasked: null }
}

function reportOf(options) {
  const { stdout } = spawnSync('npm', ['audit', '--json', ...options], { encoding: 'utf8' })
  try {
    return JSON.parse(stdout)
  } catch {
    return null
  }
}

if (process.argv[1] === import.meta.filename) {
  const exceptions = JSON.parse(readFileSync(new URL('audit-exceptions.json', import.meta.url), 'utf8'))
  const today = new Date().toISOString().slice(0, 10)
  const { faults, unasked } = judged(reportOf(process.argv.slice(2)), exceptions, today)
  for (const fault of faults) console.log(fault)
  if (unasked !== null)
    console.log(`Advisories were NOT checked, since the registry gave no answer: ${unasked}`)
  else if (faults.length === 0) console.log(`No advisory but the ${exceptions.length} excepted.`)
  process.exitCode = faults.length > 0 ? 1 : unasked === null ? 0 : NOT_CHECKED
}
