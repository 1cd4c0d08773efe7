import { expect, test } from 'vitest'
import { atOnce } from '../../src/core/steps.ts'
import { remarkSteps } from '../../src/reading/remark.ts'

const reasonsOf = (text: string) =>
  atOnce(remarkSteps(text)).map(({ reason, text: words }) => [reason, words])

test('strong words about the present, needs, and questions in a row are proposed as untestable, with their reason', () => {
  expect(
    reasonsOf(
      '“The strait is definitely not the focus. She definitely does not need a blockade. What for? Who gains by it? They should open the border.”',
    ),
  ).toEqual([
    ['present_state', '“The strait is definitely not the focus.'],
    ['motive', 'She definitely does not need a blockade.'],
    ['rhetorical', 'What for? Who gains by it?'],
    ['normative', 'They should open the border.”'],
  ])
})

test('what looks like a forecast, and what the reporter says, is not proposed', () => {
  expect(reasonsOf('“They should know that there will be a war.”')).toEqual([])
  expect(reasonsOf('The strait is definitely not the focus.\nWho gains by it?\nSo ended the talk.')).toEqual(
    [],
  )
})
