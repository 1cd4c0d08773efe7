import axe from 'axe-core'
import type { Page } from 'playwright-core'

/**
 * What axe has to say against a page as it stands, or against a part of it: a line for each rule that is broken, with
 * the first element that breaks it.
 */
export async function axeFaults(
  page: Page,
  { within, rules }: { within?: string; rules?: string[] | undefined } = {},
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(
    async ([part, only]) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(part ?? document, {
        // What holds is neither gathered nor brought here.
        resultTypes: ['violations'],
        ...(only === undefined ? {} : { runOnly: only }),
      })
      return violations.map(({ id, nodes: [first] }) => `${id} ${first?.html} ${first?.failureSummary}`)
    },
    [within, rules] as const,
  )
}
