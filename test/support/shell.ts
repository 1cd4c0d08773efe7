import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, launcher } from './process.ts'

/** The address that documents give for a ledger of one's own. */
const DOCUMENTED = 'http://127.0.0.1:8787'

/** What documents use of curl: -X, -H, -d, -F, -o, -s, -G, --data-urlencode, --data-binary @FILE. */
const CURL = `
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
const { values, positionals: [url] } = parseArgs({
  allowPositionals: true,
  options: {
    request: { type: 'string', short: 'X' },
    header: { type: 'string', short: 'H', multiple: true, default: [] },
    data: { type: 'string', short: 'd' },
    'data-binary': { type: 'string' },
    'data-urlencode': { type: 'string', multiple: true, default: [] },
    get: { type: 'boolean', short: 'G' },
    form: { type: 'string', short: 'F', multiple: true, default: [] },
    output: { type: 'string', short: 'o' },
    silent: { type: 'boolean', short: 's' },
  },
})
const sent = values.data ?? values['data-binary']
const content = (text) => (text.startsWith('@') ? readFileSync(text.slice(1)) : text)
const form = new FormData()
for (const field of values.form) {
  const at = field.indexOf('=')
  const [name, value] = [field.slice(0, at), field.slice(at + 1)]
  if (value.startsWith('@')) form.set(name, new Blob([content(value)]), basename(value.slice(1)))
  else form.set(name, value)
}
const body = values.form.length > 0 ? form : sent === undefined ? undefined : content(sent)
const asked = new URLSearchParams(values['data-urlencode'].map((field) => field.split(/=(.*)/su, 2)))
const response = await fetch(values.get ? \`\${url}?\${asked}\` : url, {
  method: values.request ?? (body === undefined ? 'GET' : 'POST'),
  headers: values.header.map((line) => line.split(/:\\s*/u, 2)),
  ...(body === undefined ? {} : { body }),
})
const answer = Buffer.from(await response.arrayBuffer())
if (values.output === undefined) process.stdout.write(answer)
else writeFileSync(values.output, answer)
if (!response.ok) {
  process.stderr.write(\`\${url} answered \${response.status}\\n\${answer}\\n\`)
  process.exit(22)
}
`

/** Commands as they stand in documents, typed in a folder beside a server at this address. */
export function shellIn(cwd: string, address: string) {
  const tools = join(cwd, '.tools')
  mkdirSync(tools)
  writeFileSync(join(tools, 'curl.mjs'), CURL)
  const tool = (name: string, command: string) => {
    const words = `args=(); for word in "$@"; do args+=("\${word//${DOCUMENTED.replaceAll('/', '\\/')}/${address}}"); done`
    writeFileSync(join(tools, name), `#!/usr/bin/env bash\n${words}\n${command}\n`)
    chmodSync(join(tools, name), 0o755)
  }
  const node = JSON.stringify(process.execPath)
  tool(
    'npx',
    `[ "\${args[0]}" = reckon ] || { echo "npx \${args[0]} is not ours" >&2; exit 2; }; exec ${node} ${JSON.stringify(launcher)} "\${args[@]:1}"`,
  )
  tool('curl', `exec ${node} ${JSON.stringify(join(tools, 'curl.mjs'))} "\${args[@]}"`)
  const env = environment()
  return (script: string) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      cwd,
      encoding: 'utf8',
      env: { ...env, PATH: `${tools}:${env.PATH}` },
    })
    return { status, stdout, stderr }
  }
}
