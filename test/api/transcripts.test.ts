import { expect, test } from 'vitest'
import { client, forecastBody, questionBody } from './client.ts'

const VTT = `WEBVTT
Kind: captions
Language: en

STYLE
::cue { color: yellow }

NOTE nobody says this

1
00:00:01.000 --> 00:00:04.000 align:start position:0%
<v Ann Bell>You said that peace was not likely

2
00:00:04.000 --> 00:00:05.000
<v Ann Bell>by the end of the year.

3
00:00:12.500 --> 00:00:15.000
<v Jane Roe>[Music] I think it is very unlikely that

4
00:00:15.000 --> 00:00:19.000
<v Jane Roe>a war will start
this year. (applause)

5
00:01:02.000 --> 00:01:04.000
<v Ann Bell>Is that so?
`
const SAID = 'I think it is very unlikely that a war will start this year.'
const TEXT = `[00:01] Ann Bell: You said that peace was not likely by the end of the year.

[00:12] Jane Roe: ${SAID}

[01:02] Ann Bell: Is that so?`

test('captions become a text of turns, with the second of every place, and say what was taken out', async () => {
  const { post } = await client()
  const { status, json } = await post('/api/transcripts', { text: `\ufeff${VTT.replaceAll('\n', '\r\n')}` })
  expect([status, json]).toEqual([
    200,
    {
      text: TEXT,
      cues: [
        [TEXT.indexOf('You said'), 1],
        [TEXT.indexOf('by the end'), 4],
        [TEXT.indexOf('I think'), 12],
        [TEXT.indexOf('a war will'), 15],
        [TEXT.indexOf('Is that so'), 62],
      ],
      machine: 'its header says “Kind: captions”, as files of automatic captions do',
      has_sentences: true,
      taken_out: ['2 notes of sounds'],
    },
  ])
  for (const text of ['There will be no war.', '{"a":1}', 'WEBVTT', '[]', ''])
    expect((await post('/api/transcripts', { text })).status).toBe(422)
})

test('suggestions of captions are those of what is said, whoever asks', async () => {
  const { post } = await client()
  const { json } = await post('/api/suggestions', { text: VTT, published: '2024-04-03' })
  expect(json.items).toMatchObject([
    { text: SAID, heard: { speaker: 'Jane Roe', timecode: '00:12', unsure: false } },
  ])
  expect(json.transcript).toMatchObject({ text: TEXT })
})

test('a forecast quoted from captions is checked in their text, timed, and not verified until somebody listens', async () => {
  const { post, get, send, token, join } = await client()
  const body = forecastBody({
    analyst: { name: 'Jane Roe' },
    source: {
      title: 'The talk',
      type: 'broadcast',
      url: 'https://media.example/talk.mp3',
      published: '2026-11-01',
      text: VTT,
    },
    quote: 'very unlikely that a war will start this year',
    question: questionBody(),
    probability: { words: 'very unlikely' },
  })
  const made = await post('/api/forecasts', body)
  expect(made.status).toBe(201)
  const { id } = made.json.record as { id: string }
  const read = async () => (await get(`/api/forecasts/${id}`)).json
  expect(await read()).toMatchObject({
    transcript: 'machine',
    checked: 'found',
    related: { statement: { timecode: '00:12' } },
  })
  expect('verified_by_ear' in (await read())).toBe(false)

  const headers = { authorization: `Bearer ${token}` }
  const path = `/api/statements/${id}/verification`
  expect((await post('/api/statements/none_such/verification')).status).toBe(404)
  const reader = await join('Rea', 'reader')
  expect((await post(path, {}, { authorization: `Bearer ${reader.token}` })).status).toBe(403)
  expect((await post(path, { note: 5 })).status).toBe(422)
  const verified = await send(path, { method: 'POST', headers })
  expect([verified.status, verified.json.record]).toMatchObject([201, { id, statement: id }])
  expect((await post(path)).status).toBe(409)
  const { verified_by_ear } = await read()
  expect(verified_by_ear).toEqual({ at: expect.stringMatching(/Z$/u), by: expect.any(String) })
  expect((await get(`/api/statements/${id}`)).json.verified_by_ear).toEqual(verified_by_ear)
  expect((await get('/api/statements.csv')).text).toContain((verified_by_ear as { at: string }).at)
})

test('who logs it can have listened already, and a translation stands beside the original', async () => {
  const { post, get } = await client()
  const source = {
    title: 'Разговор',
    type: 'interview',
    url: 'https://example.com/talk',
    published: '2026-11-01',
    language: 'ru',
    transcript: 'machine',
    text: 'Войны в этом году, скорее всего, не будет.',
  }
  const body = forecastBody({
    source,
    quote: 'Войны в этом году, скорее всего, не будет',
    translation: { text: 'There will most likely be no war this year', by: 'Ann Bell', language: 'en' },
    verified_by_ear: true,
    probability: {
      words: 'скорее всего, не',
      low: 0.1,
      mid: 0.2,
      high: 0.35,
      because: 'Not measured in Russian.',
    },
  })
  for (const wrong of [
    { translation: { text: 'No war' } },
    { translation: { text: '', by: 'A' } },
    { translation: { text: 'No war', by: 'A', language: 'English' } },
    { translation: 'No war' },
    { verified_by_ear: false },
    { source: { ...source, transcript: 'robot' } },
  ]) {
    const { status, json } = await post('/api/forecasts', { ...body, ...wrong })
    expect([status, (json.errors as { pointer: string }[])[0]?.pointer.split('/')[1]]).toEqual([
      422,
      Object.keys(wrong)[0],
    ])
  }
  const made = await post('/api/forecasts', body)
  expect([made.status, made.json.errors]).toEqual([201, undefined])
  const { id } = made.json.record as { id: string }
  expect((await get(`/api/forecasts/${id}`)).json).toMatchObject({
    language: 'ru',
    transcript: 'machine',
    translation: { text: 'There will most likely be no war this year', by: 'Ann Bell', language: 'en' },
    verified_by_ear: { by: expect.any(String) },
  })
  expect((await get('/api/forecasts?q=likely')).json.items).toHaveLength(1)
})

test('a capture of captions is a capture of their text; marks in the file are refused', async () => {
  const { post } = await client()
  const draft = { source: { title: 'The talk' }, text: VTT, marks: [] }
  const made = await post('/api/captures', draft)
  expect([made.status, made.json.capture]).toMatchObject([
    201,
    { text: TEXT, source: { title: 'The talk', transcript: 'machine' }, transcript: { has_sentences: true } },
  ])
  const marked = { ...draft, marks: [{ id: 'm1', start: 0, end: 3, kind: 'untestable' }] }
  expect((await post('/api/captures', marked)).status).toBe(422)
  expect((await post('/api/captures', { ...draft, text: 'WEBVTT\n\nNOTE x\n' })).status).toBe(422)
})
