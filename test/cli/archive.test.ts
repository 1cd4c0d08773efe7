import { expect, test } from 'vitest'
import { archiveThrough } from '../../src/cli/archive.ts'
import { readArguments } from '../../src/cli/arguments.ts'
import { pageText } from '../../src/interchange/page-text.ts'
import { fetchPage } from '../../src/node/page-fetch.ts'
import { contextOn } from '../support/command.ts'
import { testLedger } from '../support/ledger.ts'
import { log, refusal } from '../support/steps.ts'
import { page, web } from '../support/web.ts'

const COPY = 'http://web.archive.test/web/20261102030405/https://example.com/interview'

/** A ledger with one source, and an archive that has a copy of it once it was asked to take one. */
async function archiving() {
  const held = await testLedger()
  await log(held)
  let isTaken = false
  const net = await web((request, response) => {
    if (request.url?.startsWith('/save/')) {
      isTaken = true
      response.writeHead(302, { location: new URL(COPY).pathname }).end()
    } else if (request.url?.startsWith('/web/')) page(response, 'He said there will be no war.')
    else {
      const found = isTaken ? { closest: { available: true, url: COPY } } : {}
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ archived_snapshots: found }))
    }
  })
  const command = archiveThrough(async (mode) => ({
    mode,
    archive: {
      lookup: 'http://archive.test/wayback/available?url=',
      save: 'http://web.archive.test/save/',
      pages: 'http://web.archive.test/web/',
    },
    fetchPage: (url) => fetchPage(url, net),
    textOf: pageText,
  }))
  return (...words: string[]) => command.run(contextOn(held.url), readArguments(command, words))
}

test('without a copy the command says so and ends with 1; with --save it has one taken, and says which quotes stand in it', async () => {
  const archive = await archiving()
  expect(await archive()).toMatchObject({
    exit: 1,
    text: '2026-11-an-interview not yet: the archive has no copy yet',
  })
  // What was tried a moment ago is asked again only by name.
  expect(await archive('--save')).toMatchObject({ exit: 0, text: expect.stringMatching(/^No source/u) })
  const saved = await archive('--save', '2026-11-an-interview')
  expect(saved).toMatchObject({
    exit: 0,
    text: `2026-11-an-interview ${COPY.replace('http:', 'https:')} holds 1 of 1 quote`,
  })
  expect(await refusal(() => archive('nobody'))).toMatchObject({ code: 'not_found' })
})
