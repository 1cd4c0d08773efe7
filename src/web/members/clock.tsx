import type { Doubt } from '../../core/clock.ts'
import { payloads } from '../../core/entry.ts'
import * as paths from '../../http/paths.ts'
import { acceptClock, correctable, correctClock } from '../../ledger/clock/settle-clock.ts'
import { type Ahead, type ClockWord, decidedAhead } from '../../store/clock.ts'
import { readClockPage } from '../../store/documents/settings.ts'
import { Instant } from '../ui/date.tsx'
import { Field, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { fieldsOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { memberNames, type NameOf } from '../ui/member-names.ts'
import { type FormRoute, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed } from '../ui/problem.ts'
import { type Submission, submitted } from '../ui/submitted.ts'
import { requestOf } from '../ui/typed.ts'

const ACCEPTANCE: FormTable = {
  '/because': { label: 'Why', hint: 'What happened to the clock.', maxlength: 5000 },
}
const CORRECTION: FormTable = { ...ACCEPTANCE, '/from': { label: 'From entry' } }

/** `/settings/clock`: what the clock shows, why it is in doubt, and what an administrator can say of it. */
export async function clockPage(context: PageContext, returned?: Draft) {
  const { ledger } = context.host
  const [doubt, ahead, { said, members }] = await Promise.all([
    ledger.clock.doubt(),
    correctable(ledger),
    readClockPage(ledger.db),
  ])
  const decided = ahead === null ? [] : await decidedAhead(ledger.db, ledger.clock.wall())
  return (
    <Page title="The clock" context={context}>
      <p class="crumbs">
        <a href={paths.settings()}>Settings</a> ›
      </p>
      <h1>The clock</h1>
      <p class={doubt === null ? 'lead' : 'notice bad'}>
        {doubt === null ? (
          <>
            It shows <Instant at={ledger.clock.wall()} />, and nothing contradicts it.
          </>
        ) : (
          doubt.message
        )}
      </p>
      <Answer doubt={doubt} ahead={ahead} decided={decided} draft={returned ?? emptyDraft()} />
      <Said words={said} nameOf={memberNames(members)} />
    </Page>
  )
}

type AnswerProps = { doubt: Doubt | null; ahead: Ahead | null; decided: readonly string[]; draft: Draft }

function Answer({ doubt, ahead, decided, draft }: AnswerProps) {
  const frame: FormFrame = { id: 'clock', fields: CORRECTION, draft }
  const why = (
    <>
      <FormProblems frame={frame} />
      <Field frame={frame} name="/because" />
    </>
  )
  if (doubt?.why === 'jumped')
    return (
      <form method="post" action={paths.clockAcceptance()}>
        {why}
        <button type="submit">The clock is right as it is</button>
      </form>
    )
  if (doubt?.why !== 'behind' || ahead === null) return null
  return (
    <form method="post" action={paths.clockCorrections()}>
      <p>
        If the clock is right, entries {ahead.from} to {ahead.to} are stamped ahead, up to{' '}
        <Instant at={ahead.latest_at} />. First end every program whose clock is wrong. By a correction they
        count as recorded now: what is live or late, frozen or due goes by that from then on.
      </p>
      {decided.length === 0 ? null : (
        <p>
          Outcomes that are said to be known after the present stay as they were decided; dispute or correct
          what is wrong:{' '}
          {decided.map((id, i) => (
            <>
              {i === 0 ? '' : ', '}
              <a href={paths.question(id)}>{id}</a>
            </>
          ))}
          .
        </p>
      )}
      <input type="hidden" name="/from" value={ahead.from} />
      {why}
      <button type="submit">The clock is right: put them back</button>
    </form>
  )
}

const Said = ({ words, nameOf }: { words: readonly ClockWord[]; nameOf: NameOf }) =>
  words.length === 0 ? null : (
    <>
      <h2>What was said of it</h2>
      <ol class="history">
        {words.map(({ seq, at, by, from, because }) => (
          <li>
            <p class="tight">
              {from === null ? 'The clock was accepted.' : `Entries from ${from} on were put back.`}{' '}
              <bdi>{because}</bdi>
            </p>
            <p class="small soft tight">
              <bdi>{nameOf(by)}</bdi>, <Instant at={at} />, entry {seq}
            </p>
          </li>
        ))}
      </ol>
    </>
  )

const clockForm = (
  path: string,
  form: FormTable,
  write: (submission: Submission) => Promise<unknown>,
): FormRoute => ({
  path: `/settings/clock/${path}`,
  role: 'admin',
  fields: fieldsOf(form),
  act: (context) =>
    submitted(
      context,
      async (submission) => {
        await write(submission)
        return seeOther(paths.clock())
      },
      (draft) => clockPage(context, draft),
    ),
})

export const clockForms: readonly FormRoute[] = [
  clockForm('acceptance', ACCEPTANCE, ({ ledger, unit, request }) => {
    const { because } = request(payloads['clock.accepted'])
    return acceptClock(ledger, unit, because === undefined ? {} : { because })
  }),
  clockForm('corrections', CORRECTION, ({ ledger, unit, form }) => {
    const { from, ...request } = requestOf(form)
    const whole = { ...request, ...(/^\d{1,15}$/u.test(String(from)) ? { from: Number(from) } : {}) }
    return correctClock(ledger, unit, parsed(payloads['clock.corrected'], whole))
  }),
]
