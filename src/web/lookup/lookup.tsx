import { may } from '../../core/member.ts'
import { LONGEST_NAME, webAddress } from '../../core/text.ts'
import * as paths from '../../http/paths.ts'
import { searchOf, words } from '../../http/search-params.ts'
import { type KnownPerson, type LookedUp, type Lookup, lookUp } from '../../ledger/analyst/look-up.ts'
import { Framed } from '../share/embed.tsx'
import { DateWithZone } from '../ui/date.tsx'
import { Page } from '../ui/layout.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import type { PageContext, PageHandler } from '../ui/page.ts'
import { sentenceText } from '../ui/record-words.ts'
import { bookmarklets } from './bookmarklet.ts'

const LONGEST_TEXT = 4000
const LookupQuery = {
  name: words(LONGEST_NAME).optional(),
  url: webAddress().optional(),
  text: words(LONGEST_TEXT).optional(),
}

/** `/lookup?text=…&url=…`: what to know before somebody is quoted. */
export const lookupPage: PageHandler = async (context) => {
  const asked = searchOf(context.url, LookupQuery)
  const isAsked = Object.values(asked).some((value) => value !== undefined)
  const found = isAsked ? await lookUp(context.host.ledger.db, asked, context.now) : null
  return (
    <Page
      title="Know before you quote"
      description="Whose record this is about, and what it can carry."
      context={context}
    >
      <h1>Know before you quote</h1>
      <p class="intro">
        What the record of whoever is named can carry, before they are quoted again. Asking records nothing.
      </p>
      <form action={paths.lookup()} method="get">
        <p class="field">
          <label for="text">A name, or a passage that names somebody</label>
          <textarea id="text" name="text" rows={4} maxlength={LONGEST_TEXT}>
            {asked.text ?? asked.name ?? ''}
          </textarea>
        </p>
        <p class="field">
          <label for="url">Or the address of an article</label>
          <input id="url" name="url" type="url" maxlength={2048} value={asked.url ?? ''} />
        </p>
        <p class="actions">
          <button type="submit">Look up</button>
        </p>
      </form>
      {found === null ? (
        <Bookmarklets context={context} />
      ) : (
        <Found context={context} {...{ found, asked }} />
      )}
    </Page>
  )
}

/** `/embed/lookup?url=…`: the same in a frame, beside an article or in the system in which it is written. */
export const lookupEmbed: PageHandler = async (context) => {
  const asked = searchOf(context.url, LookupQuery)
  const found = await lookUp(context.host.ledger.db, asked, context.now)
  return (
    <Framed context={context} title="Know before you quote" path={paths.lookup(asked)}>
      <h1 class="unseen">Know before you quote</h1>
      <People found={found} />
    </Framed>
  )
}

type FoundProps = { context: PageContext; found: Lookup; asked: LookedUp }

function Found({ context, found, asked }: FoundProps) {
  const { viewer } = context
  const { source } = found
  const canCapture =
    source === null && asked.url !== undefined && viewer !== null && may(viewer.role, 'recorder')
  return (
    <>
      {source === null ? null : (
        <p>
          The ledger holds this address:{' '}
          <a href={paths.source(source.id)}>
            <Original>{source.title}</Original>
          </a>
        </p>
      )}
      <People found={found} />
      {canCapture ? (
        <p class="actions">
          <a class="button" href={paths.captures({ url: asked.url, text: asked.text })}>
            Capture what this article forecasts
          </a>
        </p>
      ) : null}
    </>
  )
}

const People = ({ found: { people, more, may: others } }: { found: Lookup }) => (
  <>
    {people.map((person) => (
      <Person person={person} />
    ))}
    {more === 0 ? null : (
      <p class="soft">And {counted(more, 'more person', 'more people')} of this ledger.</p>
    )}
    {others.length === 0 ? null : (
      <p>
        May be meant, and may be somebody else of that name:{' '}
        {others.map(({ id, name }, i) => (
          <>
            {i === 0 ? null : ', '}
            <a href={paths.analyst(id)}>
              <Original>{name}</Original>
            </a>
          </>
        ))}
        .
      </p>
    )}
    {people.length === 0 && others.length === 0 ? (
      <p>
        Nobody whom this ledger follows is named here. That says nothing about how far anybody can be relied
        on.
      </p>
    ) : null}
  </>
)

const Person = ({ person: { analyst, record, isTooLittle, open } }: { person: KnownPerson }) => (
  <section class="known">
    <h2>
      <a href={paths.analyst(analyst.id)}>
        <Original>{analyst.name}</Original>
      </a>
      {isTooLittle ? <span class="label">too little to say</span> : null}
    </h2>
    <p class="lead">{sentenceText(record.lead.sentence)}</p>
    {[record.lead.numbers, record.lead.how_sure].map((text) =>
      text === null ? null : <p>{sentenceText(text)}</p>,
    )}
    {open.length === 0 ? null : (
      <>
        <p class="soft">Still open, the next to be due first:</p>
        <ul>
          {open.map(({ forecast, statement, question }) => (
            <li>
              <a href={paths.forecast(forecast.record.id)}>
                “<Original>{statement.quote.exact}</Original>”
              </a>
              , until <DateWithZone deadline={question.record.deadline} />
            </li>
          ))}
        </ul>
      </>
    )}
  </section>
)

const Bookmarklets = ({ context: { origin, viewer } }: { context: PageContext }) => {
  const { lookUpCode, captureCode } = bookmarklets(origin)
  return (
    <section class="prose">
      <h2>From any page</h2>
      <p>
        Drag this into the bar of your bookmarks: <a href={lookUpCode}>Look up</a>. On any page it opens this
        one, with the words that you have selected, or the title of the page, and its address. Nothing is sent
        before you press it.
      </p>
      {viewer !== null && may(viewer.role, 'recorder') ? (
        <p>
          And this: <a href={captureCode}>Capture</a>. It begins a capture with the selected words and the
          address of the page.
        </p>
      ) : null}
      <p>
        A frame for the system in which you write:{' '}
        <code>{`${origin}${paths.frameOf(paths.lookup())}?url=…`}</code>. For programs:{' '}
        <code>{`${origin}${paths.api.lookup()}?text=…`}</code>. For Slack and Discord, and how names are
        found: <a href={paths.document('lookup')}>the documentation</a>.
      </p>
    </section>
  )
}
