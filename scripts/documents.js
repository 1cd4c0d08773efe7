// The documents that are served at /docs, made of docs/*.md when the program is built: nothing renders at run time.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Marked } from 'marked'

const root = fileURLToPath(new URL('..', import.meta.url))

/** For those who work at the program itself: these are read beside its source. */
const BESIDE_THE_SOURCE = ['docs/architecture.md', 'docs/decisions.md', 'docs/how-to-add.md']

/** Addresses that stand in the text as such, and lead somewhere in every ledger. */
const PAGE = /^\/(?:docs|docs\/\w+|methods|log|ledger|sources|analysts|changes|corrections|codebook)$/u

const read = (path) => readFileSync(join(root, path), 'utf8')

/** Where each file is served, by its path in the source. */
function addresses() {
  const documents = readdirSync(join(root, 'docs'))
    .map((name) => `docs/${name}`)
    .filter((path) => path.endsWith('.md') && !BESIDE_THE_SOURCE.includes(path))
    .map((path) => [path, path === 'docs/README.md' ? '/docs' : `/${path.slice(0, -3)}`])
  return new Map([...documents, ['SECURITY.md', '/docs/security']])
}

/** The anchor of a heading, as it is where the source is read. */
const anchorOf = (text) =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** `{title, about, html, parts}` of one document; throws where it links to a file that is not there. */
function documentOf(path, served) {
  const parts = []
  let title = ''
  let about = ''
  const plain = (tokens) =>
    tokens.map((token) => (token.tokens ? plain(token.tokens) : (token.text ?? ''))).join('')
  const renderer = {
    heading({ tokens, depth }) {
      const text = plain(tokens)
      if (depth === 1) {
        title = text
        return ''
      }
      const id = anchorOf(text)
      if (depth === 2) parts.push({ id, title: text })
      return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`
    },
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens)
      if (/^(https?:|#)/u.test(href)) return `<a href="${escaped(href)}">${text}</a>`
      const [file, anchor] = href.split('#')
      const target = posix.normalize(posix.join(posix.dirname(path), file)).replace(/\/$/u, '')
      if (!existsSync(join(root, target))) throw new Error(`${path} links to ${href}, which is not there.`)
      const address = served.get(target)
      if (address === undefined) return text.includes(target) ? text : `${text} (<code>${target}</code>)`
      return `<a href="${address}${anchor === undefined ? '' : `#${anchor}`}">${text}</a>`
    },
    codespan({ text }) {
      const code = `<code>${escaped(text)}</code>`
      return PAGE.test(text) ? `<a href="${text}">${code}</a>` : code
    },
    image({ text }) {
      return `<em>${escaped(text)}</em>`
    },
    code({ text }) {
      return `<pre tabindex="0"><code>${escaped(text)}</code></pre>\n`
    },
    table(token) {
      const cell = ({ tokens, header }) =>
        header
          ? `<th scope="col">${this.parser.parseInline(tokens)}</th>`
          : `<td>${this.parser.parseInline(tokens)}</td>`
      const row = (cells) => `<tr>${cells.map(cell).join('')}</tr>`
      return `<div class="scroll" tabindex="0"><table><thead>${row(token.header)}</thead><tbody>${token.rows.map(row).join('')}</tbody></table></div>\n`
    },
    paragraph({ tokens }) {
      if (about === '' && parts.length === 0) about = plain(tokens)
      return `<p>${this.parser.parseInline(tokens)}</p>\n`
    },
  }
  const html = new Marked({ renderer }).parse(read(path))
  return { title, about, html, parts }
}

/** `{name: {title, about, html, parts}}`; the name of the first is empty. */
export function documents() {
  const served = addresses()
  return Object.fromEntries(
    [...served].map(([path, address]) => [address.slice('/docs/'.length), documentOf(path, served)]),
  )
}
