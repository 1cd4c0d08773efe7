import { spawn } from 'node:child_process'
import { join } from 'node:path'
import Native from 'libsql'
import { afterwards, folder } from './afterwards.ts'
import { type Peer, type Record, WORDS } from './peer.ts'
import { freePort, stopChild, untilAnswers } from './server.ts'

/**
 * Datasette on a file with the records, the same indexes and full-text search, served as one that does not change, as
 * its documentation advises. What it serves is only read: it creates nothing.
 */
export async function datasette(program: string, records: readonly Record[]): Promise<Peer> {
  const file = join(folder(), 'records.db')
  const db = new Native(file)
  db.exec(`CREATE TABLE forecasts (id TEXT PRIMARY KEY, seq INTEGER, analyst TEXT, title TEXT, source_title TEXT,
      quote TEXT, probability REAL);
    CREATE INDEX forecast_seq ON forecasts (seq);
    CREATE INDEX forecast_analyst ON forecasts (analyst, seq);
    CREATE VIRTUAL TABLE forecasts_fts USING fts5 (quote, content = forecasts);`)
  const insert = db.prepare(
    'INSERT INTO forecasts VALUES (:id, :seq, :analyst, :title, :source_title, :quote, :probability)',
  )
  db.transaction(() => {
    for (const record of records) insert.run(record)
  })()
  db.exec("INSERT INTO forecasts_fts (forecasts_fts) VALUES ('rebuild')")
  db.close()
  const port = await freePort()
  const child = spawn(program, ['serve', '-i', file, '--host', '127.0.0.1', '--port', String(port)], {
    stdio: 'ignore',
  })
  afterwards(() => stopChild(child))
  const url = `http://127.0.0.1:${port}`
  await untilAnswers(`${url}/-/versions.json`, child)
  const list = '/records/forecasts.json?_size=50&_sort_desc=seq&_nocount=1&_nofacet=1&_shape=objects'
  return {
    name: 'Datasette',
    url,
    headers: {},
    works: {
      list: { path: () => list },
      filtered: { path: (i) => `${list}&analyst=analyst-${i}` },
      search: { path: (i) => `${list}&_search=${WORDS[i % WORDS.length]}` },
      one: {
        path: (i, n) => `/records/forecasts/${records[(n ?? i) % records.length]?.id}.json?_shape=objects`,
      },
    },
  }
}
