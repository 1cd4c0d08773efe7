import { describe, expect, it } from 'vitest'
import { atOnce } from '../../src/core/steps.ts'
import { prose } from '../../src/core/text.ts'
import { articleSteps } from '../../src/interchange/article.ts'

const SENTENCES = [
  'Baku is by no means ready to start a serious escalation, much less a new war, the expert said on Tuesday.',
  'The pressure will continue, he added, and nobody should expect that it ends with the elections of the autumn.',
  'If escalation means a new war, then no, there will be no war, neither this year nor in the one that follows it.',
  'Armenia has to rely only on itself, and it knows that well, although some of its friends still say otherwise.',
]
const BODY = SENTENCES.map((sentence) => `<p>${sentence}</p>`).join('\n')
const URL = 'https://www.news.example/articles/escalation'

const readArticle = (page: Parameters<typeof articleSteps>[0]) => atOnce(articleSteps(page))
const read = (text: string, url = URL) => readArticle({ url, media: 'text/html', text })
const page = (head: string, body = BODY) =>
  `<!doctype html><html lang="en-GB"><head><title>No new war - The News</title><meta property="og:site_name" content="The News">${head}</head><body><article><h1>No new war</h1>${body}</article></body></html>`
const refusal = (text: string): string => {
  try {
    return `read: ${read(text).text}`
  } catch (error) {
    const { code, problems } = error as { code: string; problems: { pointer: string; message: string }[] }
    expect([code, problems[0]?.pointer]).toEqual(['invalid', '/url'])
    return problems[0]?.message ?? ''
  }
}

describe('an article', () => {
  it('keeps the paragraphs apart, the headline first, and says where it got the rest', () => {
    const head =
      '<meta name="author" content="By Anna Petrosyan"><meta property="article:published_time" content="2024-04-03T23:30:00+04:00">'
    expect(read(page(head))).toEqual({
      url: URL,
      title: 'No new war',
      byline: 'Anna Petrosyan',
      site: 'The News',
      published: {
        date: '2024-04-03',
        basis: 'The page’s metadata (article:published_time) gives the date: 2024-04-03T23:30:00+04:00.',
      },
      language: 'en-GB',
      text: ['No new war', ...SENTENCES].join('\n\n'),
      left_out: [],
      transcript: null,
    })
  })

  it('leaves out what surrounds an article', () => {
    const around = `
      <nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
      <div class="cookie-banner"><p>We value your privacy, and so, with your consent, we and our 800 partners store cookies on your device.</p></div>
      <article><h1>No new war</h1><div class="share-buttons">Share on everything</div>${BODY}
        <figure><img src="x"><script>track("x")</script></figure><aside><p>Read also: everything that we have ever written about this, in one long list of links.</p></aside></article>
      <div class="comments"><p>First! I do not agree, and I never have agreed, with anything that this man has said in his life.</p></div>
      <footer><p>© The News, all rights reserved, in all countries, for all times, whatever else may be said here.</p></footer>`
    const article = read(`<body>${around}`)
    expect(article.text).toBe(['No new war', ...SENTENCES].join('\n\n'))
    expect(article.left_out.map(({ why, text }) => [why, text.slice(0, 12)])).toEqual([
      ['menu', 'Home\nWorld'],
      ['beside', 'We value you'],
      ['beside', 'Share on eve'],
      ['beside', 'Read also: e'],
      ['beside', 'First! I do '],
      ['menu', '© The News, '],
    ])
  })

  it('keeps a paragraph that is wholly a link, and says what of links it leaves out', () => {
    const [first = '', second = '', ...rest] = SENTENCES
    const { text, left_out } = read(
      page(
        '',
        `<p>${first}</p><p><a href="/x">${second}</a></p><p><a href="/y">Read this too</a></p><p>${rest.join('</p><p>')}</p>`,
      ),
    )
    expect(text).toBe(['No new war', ...SENTENCES].join('\n\n'))
    expect(left_out).toEqual([{ at: text.indexOf(rest[0] ?? ''), why: 'links', text: 'Read this too' }])
  })

  it('keeps a short section beside a long one', () => {
    const { text } = read(
      `<body><main><section><h2>One</h2><p>${SENTENCES[0]}</p></section><section><h2>Two</h2>${BODY}${BODY}</section><section><h2>Three</h2><p>He left it at that, then.</p></section></main>`,
    )
    for (const part of ['One', SENTENCES[0], 'Two', 'Three', 'He left it at that, then.'])
      expect(text).toContain(part)
  })

  it('keeps lists, tables, quotations, captions and what is printed bold', () => {
    const { text } = read(
      page(
        '',
        `${BODY}<ul><li>Fuel</li><li>Bread</li></ul><blockquote><p>It is late.</p></blockquote><table><tr><td>May</td><td>3 %</td></tr></table><figure><img src=x><figcaption>The bridge at dusk.</figcaption></figure><p><strong>Will you stay?</strong></p><p><b>A:</b> I will.</p>`,
      ),
    )
    for (const part of [
      'Fuel',
      'Bread',
      'It is late.',
      'May',
      '3 %',
      'The bridge at dusk.',
      'Will you stay?',
      'A: I will.',
    ])
      expect(text.split('\n\n')).toContain(part)
  })

  it('loses nothing that a reader sees: every word is in the text or said to be left out', () => {
    const html = `<body><nav>Alpha</nav><header>Beta <span class="share">Gamma</span></header>${BODY}<p>Delta <span class="social">Epsilon</span> zeta, and more of it.</p><div class="promo">Eta</div><form><label>Theta</label></form><footer>Iota</footer>`
    const { text, left_out } = read(html)
    const shown = [text, ...left_out.map((part) => part.text)].join(' ')
    for (const word of ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'zeta', 'Eta', 'Theta', 'Iota'])
      expect(shown).toContain(word)
    expect(shown).not.toContain('undefined')
  })

  it.each([
    ['<meta name="author" content="A B"><meta property="article:author" content="A B">', 'A B'],
    ['<meta name="author" content="A B, A B">', 'A B'],
    ['<meta name="author" content="By A B and C D">', 'A B, C D'],
    ['<meta name="author" content="Ann Bell, ANN BELL">', 'Ann Bell'],
  ])('tells each name of %s once', (head, byline) => {
    expect(read(page(head)).byline).toBe(byline)
  })

  it('drops soft hyphens, which are no letters', () => {
    expect(
      read(page('', `${BODY}<p>The esca&shy;la&shy;tion will&nbsp;con&shy;tinue, he said.</p>`)).text,
    ).toContain('The escalation will continue, he said.')
  })

  it('reads a transcript as one, whatever it is sent as', () => {
    const vtt =
      'WEBVTT\n\n00:01.000 --> 00:03.000\n<v Jane Roe>I think it is very unlikely that\n\n00:03.000 --> 00:09.000\n<v Jane Roe>a war will start this year, or in the next one, as far as anybody can tell from here.'
    for (const media of ['text/vtt', 'text/plain'])
      expect(readArticle({ url: 'https://a.example/the-talk.vtt', media, text: vtt })).toMatchObject({
        title: 'the talk',
        text: '[00:01] Jane Roe: I think it is very unlikely that a war will start this year, or in the next one, as far as anybody can tell from here.',
        transcript: {
          cues: [
            [18, 1],
            [51, 3],
          ],
          machine: null,
        },
      })
    expect(() => readArticle({ url: URL, media: 'application/json', text: '{"a":1}' })).toThrow()
  })

  it('reads a page without paragraphs, broken by line breaks', () => {
    expect(read(`<title>No new war</title><body><div>${SENTENCES.join('<br><br>')}</div>`).text).toBe(
      ['No new war', ...SENTENCES].join('\n\n'),
    )
    expect(read(`<title>No new war</title>${SENTENCES.join('<br>\n')}`).text).toBe(
      `No new war\n\n${SENTENCES.join('\n')}`,
    )
  })

  it('reads a page whose tags are never closed, and one that is hidden by a class', () => {
    expect(read(`<body><h1>T<p>${SENTENCES.join('<p>')}`).text).toContain(SENTENCES.join('\n\n'))
    expect(read(`<body class="x"><div class="modal related">${BODY}</div>`).text).toContain(
      SENTENCES.join('\n\n'),
    )
  })

  it('glues no words: inline tags join them, blocks and cells part them', () => {
    const [first = '', ...rest] = SENTENCES
    const marked = first.replace('no means', '<b>no</b> <i>me</i>ans')
    const { text } = read(
      page(
        '',
        `<p>${marked}</p><ul><li>One thing, and then another, said he.</li><li>Two things, and then a third, said she.</li></ul><p>${rest.join('</p><p>')}</p>`,
      ),
    )
    expect(text).toContain(
      `${first}\n\nOne thing, and then another, said he.\n\nTwo things, and then a third, said she.\n\n`,
    )
  })

  it('resolves entities, once', () => {
    const { text } = read(
      page(
        '',
        `${BODY}<p>Said &laquo;no&raquo; &mdash; &#8220;no&#8221; &#x2014; &#147;no&#148; &amp;lt;b&amp;gt; AT&T &nonsense; &#0;&#xD800; again, and again.</p>`,
      ),
    )
    expect(text).toContain('Said «no» — “no” — “no” &lt;b&gt; AT&T &nonsense; \ufffd\ufffd again')
  })

  it.each<[string, string, string, string]>([
    [
      'linked data',
      '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-04-03T10:00:00Z"}</script>',
      '2024-04-03',
      'linked data',
    ],
    [
      'a graph of linked data',
      '<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":["Article"],"datePublished":"2024-04-03"}]}</script>',
      '2024-04-03',
      'linked data',
    ],
    [
      'linked data of many things',
      `<script type="application/ld+json">[${'{},'.repeat(200_000)}{"@type":"Article","datePublished":"2024-04-03"}]</script>`,
      '2024-04-03',
      'linked data',
    ],
    [
      'linked data before metadata',
      '<meta name="date" content="2023-01-01"><script type="application/ld+json">[{"@type":"Article","datePublished":"2024-04-03"}]</script>',
      '2024-04-03',
      'But: The page’s metadata (date) gives the date: 2023-01-01.',
    ],
    [
      'a written date',
      '<meta name="pubdate" content="Wed, 3 Apr 2024 10:00:00 GMT">',
      '2024-04-03',
      'pubdate',
    ],
    ['an American date', '<meta name="dc.date" content="April 3, 2024">', '2024-04-03', 'dc.date'],
    [
      'a month',
      '<meta name="citation_publication_date" content="2024/04">',
      '2024-04',
      'citation_publication_date',
    ],
    [
      'a time on the page',
      '<time datetime="2024-04-03T10:00">yesterday</time>',
      '2024-04-03',
      'first time marked',
    ],
  ])('takes the date from %s, and says so', (_, head, date, basis) => {
    expect(read(page(head)).published).toEqual({ date, basis: expect.stringContaining(basis) })
  })

  it('takes the date from the address where nothing else tells it, and none where nothing does', () => {
    expect(read(page(''), 'https://news.example/2024/4/3/no-new-war').published).toEqual({
      date: '2024-04-03',
      basis: 'The address of the page holds the date 2024-04-03.',
    })
    expect(read(page('')).published).toBeNull()
    const nonsense =
      '<meta name="date" content="2024-13-45"><script type="application/ld+json">{not json</script><script type="application/ld+json">null</script>'
    expect(read(page(nonsense)).published).toBeNull()
  })

  it('keeps no soft hyphen, but for one at the end of a line, which is seen', () => {
    const html = page('').replace(
      SENTENCES[0] as string,
      `The esca&shy;la&shy;tion will&nbsp;con&shy;tinue. ${SENTENCES[0]}`,
    )
    expect(html).toContain('&shy;')
    expect(read(html).text).toContain('The escalation will continue.')
    const text = `The con\u00ad\nflict will esca\u00adlate. ${SENTENCES.join(' ')}`
    expect(readArticle({ url: URL, media: 'text/plain', text }).text).toContain(
      'The con-\nflict will escalate.',
    )
  })

  it('reads a plain text as it is', () => {
    const text = `No new war\r\n\r\n${SENTENCES.join('\r\n\r\n\r\n')}`
    expect(readArticle({ url: URL, media: 'text/plain', text })).toMatchObject({
      title: 'No new war',
      site: 'www.news.example',
      published: null,
      text: ['No new war', ...SENTENCES].join('\n\n'),
    })
  })

  it('refuses a page without a text, and one with hardly any', () => {
    expect(refusal('')).toContain('holds no text to read')
    expect(refusal('<body><div id="app"></div><script src="/app.js"></script>')).toContain(
      'holds no text to read',
    )
    expect(refusal('<body><p>Please enable JavaScript to read this page, thank you.')).toContain(
      'hardly any text (“Please enable JavaScript',
    )
    expect(() => readArticle({ url: URL, media: 'text/plain', text: 'Soon.' })).toThrow()
  })

  it('refuses a login wall and a paywall, but no article that has a sign-in beside it', () => {
    const form = '<form><input type=password name=p><button>Sign in</button></form>'
    const teaser = `<p>${SENTENCES[0]}</p><p>Sign in to read on, or create a free account, which takes only a minute.</p>`
    expect(refusal(`<body>${teaser}${form}`)).toContain('sign-in or a paywall')
    const closed =
      '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
    expect(refusal(page(closed, teaser))).toContain('sign-in or a paywall')
    expect(read(page('', BODY + BODY + form)).text).toContain(SENTENCES[0])
  })

  it.each([
    '{"@type":{"toString":1,"valueOf":2},"headline":"x"}',
    `{"@type":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    '{"@type":"Article","isAccessibleForFree":{"toString":1}}',
    '{"@type":"Article","author":{"name":{"toString":1}},"datePublished":[[1]]}',
  ])('reads the article whatever the linked data holds: %.60s', (json) => {
    const { text } = read(page(`<script type="application/ld+json">${json}</script>`, BODY))
    expect(text).toContain(SENTENCES[0])
  })

  it('answers only what the ledger can keep, whatever a page holds', () => {
    const bad = '\u202e\u0007\ufeff\u{e0041}\u2028<b>&#x202e;&#x9f;&#8;\ud800</b>'
    const article = read(
      page(
        `<meta property="og:title" content="T${bad}${'t'.repeat(500)}">`,
        `<p>${bad}${SENTENCES[0]}</p>${BODY}`,
      ),
    )
    expect(prose(1_000_000).safeParse(article.text).success).toBe(true)
    expect(prose(300).safeParse(article.title).success).toBe(true)
    expect(article.title.length).toBeLessThanOrEqual(300)
  })

  it('keeps markup out: what looks like a tag in the text stays text, scripts are gone', () => {
    const { text } = read(
      page(
        '',
        `${BODY}<p>He wrote &lt;script&gt;alert(1)&lt;/script&gt; on the wall, twice, and left.</p><script>alert(2)</script><style>p{}</style>`,
      ),
    )
    expect(text).toContain('He wrote <script>alert(1)</script> on the wall')
    expect(text).not.toContain('alert(2)')
    expect(text).not.toContain('p{}')
  })
})
