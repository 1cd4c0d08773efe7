import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { environment, folder, root, start, until } from '../support/process.ts'

const npm = (cwd: string, ...words: string[]) =>
  execFileSync('npm', words, { cwd, encoding: 'utf8', env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })

/** The checkout as git has it, so that nothing is packed that lies about here. */
function checkout(): string {
  const cwd = folder()
  const files = execFileSync(
    'git',
    ['ls-files', '-z', 'src', 'scripts', 'docs', 'predictions', '*.*', 'LICENSE'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  for (const path of files.split('\0').filter((name) => name !== '' && !name.startsWith('test/'))) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    cpSync(join(root, path), join(cwd, path))
  }
  symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'))
  return cwd
}

/** A folder into which the package was installed with nothing but what it needs to run. */
function installed(pack: string): string {
  const cwd = folder()
  const modules = join(cwd, 'node_modules')
  mkdirSync(join(modules, 'reckoning'), { recursive: true })
  execFileSync('tar', ['-xzf', pack, '-C', join(modules, 'reckoning'), '--strip-components=1'])
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>
  }
  for (const [path, { dev }] of Object.entries(packages)) {
    if (path === '' || dev === true || path.lastIndexOf('node_modules/') > 0) continue
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    // What is for another machine is not there.
    try {
      symlinkSync(join(root, path), join(cwd, path))
    } catch {}
  }
  return cwd
}

test('the packed program runs where nothing but its own dependencies is installed', async () => {
  const source = checkout()
  npm(source, 'run', 'package')
  const [name = ''] = readdirSync(source).filter((file) => file.endsWith('.tgz'))
  const cwd = installed(join(source, name))
  const launcher = join(cwd, 'node_modules/reckoning/scripts/reckon.js')
  const server = start(process.execPath, [launcher, 'serve'], { cwd, env: environment({ PORT: '0' }) })
  try {
    const address = await until(
      'the address',
      () =>
        /Reckoning is at (\S+)/u.exec(server.stdout())?.[1] ?? (server.child.exitCode === null ? null : ' '),
    )
    expect(server.stderr() + server.stdout()).toContain('Reckoning is at')
    for (const path of ['/', '/docs/tutorial', '/cards/analysts.png', '/api/openapi.json'])
      expect([path, (await fetch(address + path)).status]).toEqual([path, 200])
  } finally {
    await server.stop()
  }
  const { reckoning } = await import(join(cwd, 'node_modules/reckoning/dist/client.js'))
  expect(reckoning).toBeTypeOf('function')
})

test('npm writes a bill of materials of it', () => {
  const bill = JSON.parse(npm(root, 'sbom', '--sbom-format', 'cyclonedx')) as {
    components: { name: string; group?: string; version: string }[]
  }
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const listed = new Set(bill.components.map(({ name, version }) => `${name} ${version}`))
  for (const [name, version] of Object.entries(dependencies))
    expect([...listed], name).toContain(`${name} ${version}`)
})
