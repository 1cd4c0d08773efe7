import { type LedgerAgreement, ledgerAgreement } from '../../store/documents/coding.ts'
import { everyLexicon, type LexiconRow } from '../../store/lexicons.ts'
import { ask, together } from '../../store/query.ts'
import { type SecondUse, secondUse } from '../../store/second-readings.ts'
import { MeasuredAgreement } from '../coding/on-methods.tsx'
import { Page } from '../ui/layout.tsx'
import type { PageContext, PageHandler } from '../ui/page.ts'
import { LexiconPicture, LexiconRules, LexiconSources } from './methods-lexicon.tsx'
import { OwnLexicons } from './methods-own.tsx'
import { SecondReaders } from './methods-second.tsx'
import { CONTENTS, Methods } from './methods-sections.tsx'

/** Every rule and formula in plain words, with its source; the lexicon as a picture. */
/** `/methods`: what every ledger has, and the words that this one measured itself. */
export const methodsPage: PageHandler = async (context) => {
  const read = await ask(
    context.host.ledger.db,
    together({ lexicons: everyLexicon, agreement: ledgerAgreement(), second: secondUse }),
  )
  return <MethodsPage context={context} {...read} />
}

type MethodsProps = {
  context: PageContext
  lexicons: readonly LexiconRow[]
  agreement: LedgerAgreement
  second: readonly SecondUse[]
}

const MethodsPage = ({ context, lexicons, agreement, second }: MethodsProps) => (
  <Page
    title="Methods"
    description="How a forecast is logged, decided, read and scored."
    context={context}
    active="methods"
  >
    <h1>How this is computed</h1>
    <p class="intro">
      Every rule behind every figure, in plain words and as a formula. A figure that a record cannot carry is
      not shown, and the page says why. Where a device is our own and not from a paper, it says so.
    </p>
    <nav aria-label="On this page">
      <ul class="contents">
        {[...CONTENTS, { id: 'words-of-probability', title: 'Words of probability' }].map(({ id, title }) => (
          <li>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
    <Methods />
    <MeasuredAgreement {...agreement} />
    <SecondReaders use={second} />
    <h2 id="words-of-probability">Words of probability</h2>
    <p>
      What readers understand by a phrase, from surveys: the bar holds eight of ten readers, the line in it is
      the median. A dashed bar is assumed: nobody has measured that phrase. Bars of 40 points or more are too
      vague to be scored.
    </p>
    <LexiconPicture />
    <LexiconRules />
    <OwnLexicons lexicons={lexicons} />
    <LexiconSources />
  </Page>
)
