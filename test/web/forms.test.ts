import { expect, test } from 'vitest'
import { MOST_MARKS } from '../../src/core/capture.ts'
import { saveCapture } from '../../src/ledger/capture/save-capture.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { aForecast } from '../support/ledger.ts'
import { ORIGIN, site } from '../support/site.ts'

/** A ledger with one of everything that a form can be about, and somebody who may send all forms. */
async function desk() {
  const held = await site()
  const { question, id } = await held.log({
    question: { ...(aForecast().question as object), deadline: { date: '2026-11-20', time_zone: 'UTC' } },
  })
  const { id: capture } = await saveCapture(held.ledger, held.unit, {
    source: { title: 'A talk' },
    text: 'It will rain tomorrow, and nobody will mind.',
    marks: [],
  })
  const cookie = `sid=${await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'session')}`
  const send = (path: string, body: BodyInit, type = 'application/x-www-form-urlencoded') =>
    held.send(path, { method: 'POST', body, headers: { cookie, origin: ORIGIN, 'content-type': type } })
  const size = async () => (await held.host.head()).seq
  return { ...held, question, forecast: id, capture, send, size }
}

const paths = ({ question, forecast, capture }: { question: string; forecast: string; capture: string }) => [
  '/capture',
  '/capture/one',
  '/capture/one/statements',
  `/captures/${capture}`,
  `/questions/${question}/resolutions`,
  `/questions/${question}/resolutions/r1/confirm`,
  `/questions/${question}/resolutions/r1/dispute`,
  `/questions/${question}/resolutions/r1/withdrawal`,
  `/questions/${question}/amendments`,
  `/questions/${question}/references`,
  `/questions/${question}/references/ref1/primary`,
  `/questions/${question}/references/ref1/withdrawal`,
  `/forecasts/${forecast}/replies`,
  `/forecasts/${forecast}/asked`,
  `/questions/${question}/assignment`,
  `/questions/${question}/snooze`,
  `/questions/${question}/snooze/end`,
  `/questions/${question}/note`,
  `/questions/${question}/condition`,
  '/corrections/policy',
  '/reports/x/closing',
  '/reports/x/discarding',
  '/settings/members',
  '/settings/links',
  '/settings/tokens',
  '/settings/tokens/x/revocation',
  '/settings/policy',
  '/settings/sessions/x/end',
  '/settings/sessions/others/end',
  '/settings/sign-ins/x/removal',
  '/settings/passkeys/challenge',
  '/settings/passkeys',
  '/settings/accounts',
  '/sign-in/passkey',
  '/sign-in/passkey/challenge',
  '/settings/decision-times',
  '/settings/reminders',
  '/settings/reminders/letter',
  '/settings/webhooks',
  '/settings/webhooks/x/test',
  '/settings/webhooks/x/secret',
  '/settings/webhooks/x/resumption',
  '/settings/webhooks/x/removal',
  `/forecasts/${forecast}/reply-links`,
  `/forecasts/${forecast}/reply-links/x/publication`,
  `/forecasts/${forecast}/reply-links/x/refusal`,
  '/reply',
  '/sign-in',
]

test('a field that no form has is refused by every form, by its name', async () => {
  const held = await desk()
  for (const path of paths(held))
    for (const name of ['nonsense', '__proto__', 'm1:at']) {
      const answer = await held.send(path, new URLSearchParams({ [name]: 'x' }))
      expect([path, name, answer.status]).toEqual([path, name, 422])
      if (name === 'nonsense') expect(answer.text).toContain('is not a field of this form')
    }
})

test('what is no form at all is refused by every form', async () => {
  const held = await desk()
  for (const path of paths(held)) {
    expect([path, (await held.send(path, 'a=%zz')).status]).toEqual([path, 422])
    expect([path, (await held.send(path, Uint8Array.of(0x61, 0x3d, 0xff))).status]).toEqual([path, 422])
    expect([path, (await held.send(path, '{}', 'application/json')).status]).toEqual([path, 415])
    const latin = 'application/x-www-form-urlencoded; charset=iso-8859-1'
    expect([path, (await held.send(path, 'a=b', latin)).status]).toEqual([path, 415])
    const broken = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'
    expect([path, (await held.send(path, broken, 'multipart/form-data; boundary=x')).status]).toEqual([
      path,
      400,
    ])
  }
})

test.each(['no', '1e999', '-1', '', '1.5', '99999999999', 'NaN', '0x1'])(
  'a version of %j saves nothing, and what was typed is still there',
  async (rev) => {
    const held = await desk()
    const before = await held.size()
    const answer = await held.send(
      `/captures/${held.capture}`,
      new URLSearchParams({ rev, do: 'save', '/source/title': 'Typed just now' }),
    )
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Typed just now')
    const amended = await held.send(
      `/questions/${held.question}/amendments`,
      new URLSearchParams({ rev: rev || 'x', '/title': 'Typed just now', '/because': 'B.' }),
    )
    expect(amended.status).toBe(422)
    expect(amended.text).toContain('Typed just now')
    expect(await held.size()).toBe(before)
  },
)

test('a field that stands there twice is refused, not read by its first', async () => {
  const held = await desk()
  const answer = await held.send(
    `/questions/${held.question}/note`,
    new URLSearchParams([
      ['/text', 'One note'],
      ['/text', 'Another'],
    ]),
  )
  expect([answer.status, answer.text.includes('is given more than once')]).toEqual([422, true])
  expect(answer.text).toContain('One note')
})

test('a button that does not exist does nothing, and places that are none mark nothing', async () => {
  const held = await desk()
  const press = (fields: [string, string][]) =>
    held.send(`/captures/${held.capture}`, new URLSearchParams([['rev', '0'], ...fields]))
  for (const does of [
    'constructor',
    'ignore:x',
    'ignore:5',
    'forecast:1e3-2',
    'forecast:raw:1-NaN',
    `ask:m1:${'x'.repeat(500)}`,
    'save '.repeat(200),
  ])
    expect([does, (await press([['do', does]])).status]).toEqual([does, 422])
  for (const [name, value] of [
    ['ignored', 'x-y'],
    ['mark', '../x'],
    ['source', 'x'.repeat(20_000)],
  ] as const)
    expect([
      name,
      (
        await press([
          ['do', 'save'],
          [name, value],
        ])
      ).status,
    ]).toEqual([name, 422])
  for (const part of [
    { 'm1:at': '1-x', 'm1:kind': 'forecast' },
    { 'm1:at': '0-2', 'm1:kind': '__proto__' },
    { 'm1:at': '0-2', 'm1:kind': 'constructor' },
    { 'm1:at': '0-2', 'm1:kind': 'untestable', 'm1:/reason': 'toString' },
    { 'm1:at': '9999999-9999999', 'm1:kind': 'forecast' },
  ])
    expect([part, (await press([['do', 'save'], ['mark', 'm1'], ...Object.entries(part)])).status]).toEqual([
      part,
      422,
    ])
  const many = Array.from({ length: MOST_MARKS + 1 }, (): [string, string] => ['ignored', '0-1'])
  expect((await press([['do', 'save'], ...many])).status).toBe(422)
})

test('a number that is none is refused where it was typed', async () => {
  const held = await desk()
  for (const value of ['1e999', '0x10', 'Infinity', '9'.repeat(400), '--1', '١'])
    for (const fields of [
      { manner: 'stated', percent: value },
      { manner: 'range', low: value, high: '70' },
      { manner: 'interval', from: value, to: '3', level: '80' },
      { manner: 'options', shares: `a: ${value}\n__proto__: 50` },
      { '/question/type': 'numeric', '/question/range/low': value, '/question/range/high': '3' },
    ]) {
      const answer = await held.send('/capture/one', new URLSearchParams(fields as Record<string, string>))
      expect([fields, answer.status]).toEqual([fields, 422])
    }
})

test('an address that says what its page cannot read is refused; what others put there is passed over', async () => {
  const held = await desk()
  const { get } = await held.signedIn()
  for (const path of [
    '/ledger?state=constructor',
    '/ledger?before=1e9',
    '/ledger?state=open&state=due',
    '/ledger?q=%ff',
    '/ledger?tag=%zz',
    '/due?done=constructor',
    '/due?done=__proto__',
    '/due?assigned=you',
    '/sources?after=x',
    '/analysts/konstantin-kalachev?logged=never',
    '/analysts/konstantin-kalachev?from=2026-02-30',
    '/compare?analysts=a,b,c',
    '/capture/one?what=nothing',
    '/capture/one/logged/a_b?analyst=x&analyst=y',
    `/questions/${held.question}/resolve?as=${'x'.repeat(200)}`,
    `/captures/${held.capture}?at=${'x'.repeat(200)}`,
    '/sign-in?next=https://evil.example/',
    '/sign-in?next=/&next=/due',
  ]) {
    const answer = await get(path)
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
      path,
      400,
      'text/html; charset=utf-8',
    ])
  }
  expect((await get('/ledger?utm_source=letter&utm_source=again&state=')).status).toBe(200)
})

test('a name in an address that no record can have is not found, and nothing more', async () => {
  const held = await desk()
  const { get } = await held.signedIn()
  for (const name of [
    '%00',
    '%2f',
    '%2e%2e%2f',
    '%ff',
    '%',
    '__proto__',
    'x'.repeat(8_000),
    '%0d%0aX:y',
    '%F0%9F%92%A9',
  ])
    for (const path of ['forecasts', 'questions', 'sources', 'analysts', 'captures', 'embed/forecasts'])
      expect([path, name.slice(0, 20), (await get(`/${path}/${name}`)).status]).toEqual([
        path,
        name.slice(0, 20),
        404,
      ])
})
