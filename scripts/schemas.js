// Writes docs/schemas/*.json, with which editors complete and check predictions files.
// `node scripts/schemas.js --check` writes nothing and fails when a file is out of date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const FOLDER = join(ROOT, 'docs/schemas')

const FILES = {
  'source-file': {
    schema: 'SourceFile',
    title: 'A source and what was said in it: predictions/<year>/<source id>.yaml',
  },
  'analysts-file': { schema: 'AnalystsFile', title: 'The analysts: predictions/analysts.yaml' },
  'questions-file': {
    schema: 'QuestionsFile',
    title: 'Questions of no single statement: predictions/questions.yaml',
  },
}

async function texts() {
  const bundle = await build({
    stdin: {
      contents: `export { AnalystsFile, QuestionsFile, SourceFile } from './src/core/predictions-file.ts'
export { Categorical, OptionChances, Probability } from './src/core/probability.ts'
export { jsonSchema } from './src/core/json-schema.ts'
export { toJSONSchema } from 'zod'`,
      resolveDir: ROOT,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  })
  const source = Buffer.from(bundle.outputFiles[0].contents).toString('base64')
  const core = await import(`data:text/javascript;base64,${source}`)
  // Lengths are checked in code, and counted as JSON Schema counts them.
  const withLengths = ({ zodSchema, jsonSchema }) => {
    const { minLength, maxLength } = core.jsonSchema.get(zodSchema) ?? {}
    if (maxLength !== undefined) Object.assign(jsonSchema, { minLength, maxLength })
  }
  const options = { io: 'input', unrepresentable: 'any', override: withLengths }
  const probability = { ...core.toJSONSchema(core.Probability, options), $schema: undefined }
  // Words alone are enough: the lexicon reads them.
  const words = probability.anyOf.find(({ properties }) => properties?.words && properties.lexicon)
  words.required = ['words']
  return Object.entries(FILES).map(([name, { schema, title }]) => {
    const json = core.toJSONSchema(core[schema], {
      ...options,
      override: (overridden) => {
        const { zodSchema, jsonSchema, path } = overridden
        withLengths(overridden)
        if (path.at(-1) === 'probability' && zodSchema._zod.def.type !== 'optional')
          Object.assign(jsonSchema, probability)
        // `no` may be written without quotes: YAML 1.2 reads a text, older tools a truth value.
        if (path.at(-1) === 'outcome') jsonSchema.anyOf?.push({ type: 'boolean' })
      },
    })
    return [join(FOLDER, `${name}.json`), `${JSON.stringify({ title, ...json }, null, 2)}\n`]
  })
}

const read = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

const written = await texts()
const stale = written.filter(([path, text]) => read(path) !== text)
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is out of date: run node scripts/schemas.js`)
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  mkdirSync(FOLDER, { recursive: true })
  for (const [path, text] of stale) writeFileSync(path, text)
  console.log(`${written.length} schemas in docs/schemas, ${stale.length} changed`)
}
