import * as paths from '../../http/paths.ts'
import { problems } from '../../http/problem.ts'
import type { ReferenceRoute } from '../../http/reference.ts'
import { Page } from '../ui/layout.tsx'
import type { PageContext } from '../ui/page.ts'
import { TableHead } from '../ui/table-head.tsx'

/** `/docs/routes`: every route of the API, from the table that serves it. */
export async function routesPage(context: PageContext) {
  const nouns = grouped(await context.reference())
  return (
    <Page title="API" description="The JSON API of this ledger." context={context}>
      <p class="crumbs">
        <a href={paths.docs()}>Documentation</a>
      </p>
      <h1>The API</h1>
      <p class="lead">
        Everything on these pages can be read, and everything that can be logged can be posted, as JSON.
      </p>
      <p>
        The routes below are read from the table that serves them; a program reads them at{' '}
        <a href={paths.api.openapi()}>{paths.api.openapi()}</a> (OpenAPI 3.1). Writing needs a token from{' '}
        <a href={paths.settings()}>Settings</a>, sent as <code>Authorization: Bearer rk_pat_…</code>. Refusals
        are <a href={paths.problems()}>problems</a> with a code.
      </p>
      <ul class="chips" aria-label="Nouns">
        {[...nouns.keys()].map((noun) => (
          <li>
            <a class="chip" href={`#${noun}`}>
              {noun}
            </a>
          </li>
        ))}
      </ul>
      {[...nouns].map(([noun, routes]) => (
        <section aria-labelledby={noun}>
          <h2 id={noun}>{noun}</h2>
          {routes.map((route) => (
            <Entry route={route} />
          ))}
        </section>
      ))}
    </Page>
  )
}

function grouped(routes: readonly ReferenceRoute[]): Map<string, ReferenceRoute[]> {
  const nouns = new Map<string, ReferenceRoute[]>()
  for (const route of routes) {
    const noun = route.path.replace(/^\/(api\/)?/u, '').split(/[/.]/u)[0] ?? ''
    nouns.set(noun, [...(nouns.get(noun) ?? []), route])
  }
  return nouns
}

type EntryProps = { route: ReferenceRoute }

const Entry = ({ route: { method, path, summary, role, query, body, problems: codes } }: EntryProps) => (
  <article class="route">
    <h3>
      <code>
        <b>{method}</b>{' '}
        {path.split('/').map((part, i) => (
          <>
            {i === 0 ? null : (
              <>
                <wbr />/
              </>
            )}
            {part}
          </>
        ))}
      </code>
    </h3>
    <p>
      <Coded text={summary} /> {role === null ? null : <span class="label">needs {role}</span>}
    </p>
    {query.length === 0 ? null : query.every(({ description }) => description === '') ? (
      <p class="soft small">
        Takes{' '}
        {query.map(({ name }, i) => (
          <>
            {i === 0 ? null : ' '}
            <code>?{name}</code>
          </>
        ))}
      </p>
    ) : (
      <dl class="facts">
        {query.map(({ name, description }) => (
          <>
            <dt>
              <code>?{name}</code>
            </dt>
            <dd>{description}</dd>
          </>
        ))}
      </dl>
    )}
    {body === undefined ? null : (
      <details>
        <summary>Body, as a JSON Schema</summary>
        <pre tabindex={0}>
          <code>{body}</code>
        </pre>
      </details>
    )}
    {codes.length === 0 ? null : (
      <p class="soft small">
        Can refuse with{' '}
        {codes.map((code, i) => (
          <>
            {i === 0 ? null : ', '}
            <a href={paths.problem(code)}>{code}</a>
          </>
        ))}
        .
      </p>
    )}
  </article>
)

/** A text in which `this` is code. */
const Coded = ({ text }: { text: string }) => (
  <>{text.split('`').map((part, i) => (i % 2 === 0 ? part : <code>{part}</code>))}</>
)

/** `/docs/problems`: every way in which the ledger refuses. */
export function problemsPage(context: PageContext) {
  return (
    <Page title="Problems" description="Every way in which the ledger refuses." context={context}>
      <p class="crumbs">
        <a href={paths.docs()}>Documentation</a> › <a href={paths.apiReference()}>API</a>
      </p>
      <h1>Problems</h1>
      <p class="lead">Every refusal has one of these codes.</p>
      <div class="scroll">
        <table class="stacked">
          <TableHead columns={['Code', 'Status', 'What it means']} figures={['Status']} />
          <tbody>
            {Object.entries(problems).map(([code, { status, title, means }]) => (
              <tr id={code}>
                <th scope="row">
                  <code>{code}</code>
                </th>
                <td class="num">{status}</td>
                <td class="text">
                  <b>{title}.</b> <Coded text={means} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Page>
  )
}
