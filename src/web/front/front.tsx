import * as paths from '../../http/paths.ts'
import { type FrontDocument, readFront } from '../../store/documents/front.ts'
import { elsewhereOf } from '../charts/elsewhere.ts'
import { Horizon } from '../charts/horizon.tsx'
import { feedsOf } from '../ui/feeds.tsx'
import { Page } from '../ui/layout.tsx'
import type { PageContext } from '../ui/page.ts'
import { Example } from './example.tsx'
import { Findings } from './findings.tsx'
import { Interview } from './interview.tsx'
import { JustDecided } from './just-decided.tsx'
import { SearchAll } from './search-all.tsx'
import { SoFar, soFarText } from './so-far.tsx'
import { Tour } from './tour.tsx'
import { WhoDelivers } from './who-delivers.tsx'

const WHAT = 'Experts predict in public. We write it down, and check.'
const DESCRIPTION = 'Who predicted what, word for word, and what happened.'

/** `/`: the record so far, every part of it chosen by rule. */
export async function frontPage(context: PageContext) {
  const { host, now } = context
  const read = await readFront(host.ledger.db, now)
  return (
    <Page
      title="Reckoning"
      description={read.isEnough ? soFarText(read.all.whole) : DESCRIPTION}
      context={context}
      active="front"
      json={paths.api.record()}
      feeds={feedsOf()}
    >
      <h1 class="huge">{WHAT}</h1>
      {read.totals.forecasts + read.totals.untestable === 0 ? (
        <Tour context={context} />
      ) : read.isEnough ? (
        <WholeRecord read={read} now={now} />
      ) : (
        <Beginning read={read} now={now} />
      )}
    </Page>
  )
}

type PartProps = { read: FrontDocument; now: Date }

/** Where enough is decided to say something of all. */
const WholeRecord = ({ read, now }: PartProps) => (
  <>
    <SoFar whole={read.all.whole} />
    <SearchAll n={read.totals.forecasts} />
    <Findings findings={read.all.findings} surprises={read.surprises} />
    <div class="front-pair">
      <div>
        <WhoDelivers people={read.all.people} pairs={read.all.pairs} />
        {read.interview === null ? null : <Interview {...read.interview} />}
      </div>
      <JustDecided items={read.decided} />
    </div>
    <Next read={read} now={now} />
  </>
)

/** A record that is too short to say anything of all: one claim from beginning to end, what was decided, what is next. */
const Beginning = ({ read, now }: PartProps) => (
  <>
    <p class="sub">{DESCRIPTION}</p>
    <SearchAll n={read.totals.forecasts} />
    {read.example === null ? null : <Example {...read.example} now={now} />}
    <div class="front-pair">
      {read.interview === null ? null : <Interview {...read.interview} />}
      <JustDecided items={read.decided} />
    </div>
    <Next read={read} now={now} />
  </>
)

const Next = ({ read: { horizon }, now }: PartProps) =>
  horizon.all === 0 ? null : (
    <Horizon
      id="horizon"
      title="What will be decided next"
      heading="What will be decided next"
      how="Every open question at its deadline; the larger the mark, the more people have spoken. Red has passed and waits for a decision."
      elsewhere={elsewhereOf(paths.front(), 'horizon')}
      horizon={horizon}
      now={now}
    />
  )
