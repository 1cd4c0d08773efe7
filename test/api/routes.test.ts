import { expect, test } from 'vitest'
import { groupsAt, loadedGroups, routeGroups } from '../../src/api/routes.ts'

test('whatever a group of routes answers is asked of that group', async () => {
  const groups = await loadedGroups()
  expect(groups.flatMap(({ routes }) => routes).length).toBeGreaterThan(100)
  const lost = groups.flatMap(({ name, routes }) =>
    routes
      .map(({ path }) => path.replaceAll(/:\w+/gu, 'x'))
      .filter((path) => !groupsAt(routeGroups, path).some((group) => group.name === name))
      .map((path) => `${name}: ${path}`),
  )
  expect(lost).toEqual([])
})

test('an address asks no group that has nothing to answer there', async () => {
  const names = (path: string) => groupsAt(routeGroups, path).map(({ name }) => name)
  expect(names('/forecasts')).toEqual(['Forecasts'])
  expect(names('/forecasts.csv')).toEqual(['Forecasts'])
  expect(names('/forecasts/x')).toEqual(['Forecasts'])
  expect(names('/forecasts/x/reply-links')).toEqual(['Forecasts', 'Replies and times'])
  expect(names('/forecastsx')).toEqual([])
  // No beginning stands in the table that no route has.
  const groups = await loadedGroups()
  const idle = routeGroups.flatMap(({ name, at }) => {
    const paths = groups.find((group) => group.name === name)?.routes.map(({ path }) => path) ?? []
    return at.filter((beginning) => !paths.some((path) => path.startsWith(beginning)))
  })
  expect(idle).toEqual([])
})
