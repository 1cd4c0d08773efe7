import { describe, expect, it } from 'vitest'
import { workplace } from './workplace.ts'

const founded = async (settings: Record<string, string> = {}) => {
  const place = workplace({ RECKONING_ORIGIN: 'https://reckoning.test', ...settings })
  expect((await place.run('sign-in')).code).toBe(0)
  return place
}

describe('reckon webhook', () => {
  it('adds, lists, tests, rotates and removes', async () => {
    const { json, run } = await founded()
    const add = ['webhook', 'add', '--name', 'desk', '--url', 'https://example.com/hook']
    const { value } = await json(...add, '--event', 'question.due', '--event', 'forecast.recorded')
    expect(value.secret).toMatch(/^whsec_/u)
    const { value: listed } = await json('webhook', 'list')
    expect(listed).toMatchObject([
      { id: value.id, format: 'standard', url: 'https://example.com/hook', waiting: 0 },
    ])
    expect(JSON.stringify(listed)).not.toContain('whsec_')
    expect((await json('webhook', 'test', value.id)).value.message).toMatch(/^[\w-]{22}$/u)
    expect((await json('webhook', 'list')).value).toMatchObject([{ waiting: 1 }])
    expect((await json('webhook', 'rotate', value.id)).value.secret).not.toBe(value.secret)
    expect((await run('webhook', 'resume', value.id)).code).toBe(1)
    expect((await run('webhook', 'remove', value.id)).code).toBe(0)
    expect((await run('webhook', 'list')).stdout).toContain('No webhooks.')
  })

  it('refuses an address of a private network and an unknown event, and says how it may be', async () => {
    const { run } = await founded()
    const at = (url: string, event: string) =>
      run('webhook', 'add', '--name', 'x', '--url', url, '--event', event)
    const inside = await at('http://10.0.0.1/', 'question.due')
    expect(inside.code).toBe(1)
    expect(inside.stderr).toContain('RECKONING_WEBHOOKS_ANYWHERE')
    expect((await at('https://example.com/', 'question.dew')).code).toBe(2)
  })

  it('says where nothing is sent', async () => {
    const place = workplace()
    await place.run('sign-in')
    expect((await place.run('reminders', 'send')).stderr).toContain('RECKONING_ORIGIN')
  })
})

describe('reckon reminders', () => {
  it('keeps what is not given, and takes an address back', async () => {
    const { json, run } = await founded()
    expect((await run('reminders', 'set', '--when', 'daily')).code).toBe(2)
    const set = (...words: string[]) => json('reminders', 'set', ...words)
    expect((await set('--email', 'ada@example.com', '--when', 'daily', '--hour', '7')).value).toMatchObject({
      email: 'ada@example.com',
      confirmed_at: null,
      when: 'daily',
      hour: 7,
      time_zone: 'UTC',
    })
    expect((await set('--time-zone', 'Europe/Berlin', '--event', 'question.due')).value).toMatchObject({
      email: 'ada@example.com',
      hour: 7,
      time_zone: 'Europe/Berlin',
      events: ['question.due'],
    })
    for (const wrong of [
      ['--hour', '25'],
      ['--time-zone', 'Mars/Base'],
      ['--email', 'nobody'],
    ])
      expect((await run('reminders', 'set', ...wrong)).code, wrong.join(' ')).toBe(2)
    expect((await run('reminders', 'show')).stdout).toContain('daily at 7:00 (Europe/Berlin): question.due')
    expect((await set('--no-email')).value).toMatchObject({ email: null })
  })

  it('sends what waits in one run, and names a server that cannot be reached', async () => {
    const { json } = await founded({
      RECKONING_MAIL_URL: 'smtp://127.0.0.1:1',
      RECKONING_MAIL_FROM: 'desk@example.org',
    })
    await json('reminders', 'set', '--email', 'ada@example.com')
    expect((await json('reminders', 'send')).value).toEqual({ sent: 0, failed: 1, switched_off: 0 })
    expect((await json('reminders', 'show')).value.error).toMatch(/^The mail server cannot be used: E/u)
  })
})
