import {
  isClaim,
  isSameReading,
  type JointPassage,
  type origins,
  type Passage,
  RoundClosureRequest,
} from '../../core/coding.ts'
import { adjudicatorProblem, codedHow } from '../../core/coding-round.ts'
import { notFound } from '../../core/error.ts'
import { acts, may } from '../../core/member.ts'
import * as paths from '../../http/paths.ts'
import { pairsOf } from '../../ledger/coding/adjudicate.ts'
import { closeRound } from '../../ledger/coding/round.ts'
import type { RoundRow } from '../../store/coding.ts'
import { readRound, roundAgreement } from '../../store/documents/coding.ts'
import { Instant } from '../ui/date.tsx'
import { FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { fieldsOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { memberNames, type NameOf } from '../ui/member-names.ts'
import { counted, percent } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { type FormRoute, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft } from '../ui/problem.ts'
import { submittedTo } from '../ui/submitted.ts'
import { Adjudication, adjudicateFrom, adjudicationFields } from './adjudication.tsx'
import { AgreementTable } from './agreement.tsx'
import { standsText } from './list.tsx'
import { Read, Words } from './words.tsx'

const BECAUSE: FormTable = { '/because': { label: 'Why', rows: 2, maxlength: 5000 } }

/** How blind a round was, from the log alone. */
export function blindText({ sent }: Pick<RoundRow, 'sent'>): string {
  const { blind, knowable, claims } = codedHow(sent)
  const read = blind
    ? 'When each submitted, nobody else’s reading of this text was in the ledger.'
    : 'Not blind to the published reading: somebody else’s claims from this text were in the ledger before.'
  const outcome =
    claims === 0
      ? ''
      : knowable === 0
        ? ' No deadline that they set had passed by then.'
        : ` Of ${counted(claims, 'forecast')} in both, ${knowable.toLocaleString('en')} had a deadline that had passed: there the outcome could be known.`
  return `No page and no token showed either coder the other’s coding before both were in. ${read}${outcome}`
}

type Returned = { form: 'joint' | 'close'; draft: Draft }

/** `/codings/:id`: one round, and once both codings are in what each made of the text. */
export async function roundPage(context: PageContext, returned?: Returned) {
  const { host, params, viewer } = context
  const id = params.id ?? ''
  const { round, members } = await readRound(host.ledger.db, id)
  if (round === null) throw notFound('round', id)
  const { record, title, state, sent, at, by } = round
  const nameOf = memberNames(members)
  const agreement = roundAgreement(round)
  const recorders = members.filter((one) => acts(one, 'recorder')).length
  const works = viewer !== null && may(viewer.role, 'recorder')
  const hasSent = viewer !== null && sent.some((one) => one.by === viewer.member)
  const barred =
    viewer === null
      ? null
      : adjudicatorProblem(
          sent.map((one) => one.by),
          viewer.member,
          recorders,
        )
  return (
    <Page title={`Coded by two: ${title}`} context={context} active="sources" json={paths.api.coding(id)}>
      <p class="crumbs">
        <a href={paths.codings()}>Coding by two</a> ›
      </p>
      <h1>
        <Original>{title}</Original>
      </h1>
      <p class="lead">{standsText(state, sent.length)}.</p>
      <p class="soft">
        Put up by <bdi>{nameOf(by)}</bdi> on <Instant at={at} />, by codebook{' '}
        <a href={paths.codebook({ version: record.codebook })}>{record.codebook}</a>. The source:{' '}
        <a href={paths.source(record.source)}>{record.source}</a>.{' '}
        {record.because === undefined ? null : <bdi>{record.because}</bdi>}
      </p>
      {agreement === null ? null : (
        <>
          <p>{blindText(round)}</p>
          <h2>How far they agree</h2>
          <AgreementTable agreement={agreement} />
        </>
      )}
      {state === 'open' && works ? (
        hasSent ? (
          <p>Yours is in. It is shown with the other one.</p>
        ) : (
          <p class="actions">
            <a class="button" href={paths.ownCoding(id)}>
              Code this text
            </a>
          </p>
        )
      ) : null}
      {state === 'coded' && works ? (
        barred === null ? (
          <Adjudication round={round} draft={returned?.form === 'joint' ? returned.draft : undefined} />
        ) : (
          <p class="notice">{barred}</p>
        )
      ) : null}
      <Ended round={round} nameOf={nameOf} />
      {agreement === null || (state === 'coded' && works && barred === null) ? null : (
        <Both round={round} nameOf={nameOf} />
      )}
      {state === 'open' && viewer !== null && (viewer.role === 'admin' || viewer.member === by) ? (
        <Closure id={id} draft={returned?.form === 'close' ? returned.draft : undefined} />
      ) : null}
    </Page>
  )
}

/** Both codings, passage by passage; names only once the joint reading is recorded. */
function Both({ round, nameOf }: { round: RoundRow; nameOf: NameOf }) {
  const named = round.joint !== null
  const headOf = (i: number) => {
    const coder = round.sent[i]
    return named && coder !== undefined ? nameOf(coder.by) : i === 0 ? 'First reading' : 'Second reading'
  }
  return (
    <section>
      <h2>Both codings</h2>
      <ol class="coded-list">
        {pairsOf(round).map(({ first, second }) => (
          <li>
            {first !== null && second !== null && isSameReading(first, second) ? (
              <>
                <h3>Both alike</h3>
                <Words passage={first} language={undefined} />
                <Read passage={{ ...first, note: undefined }} />
                <Beside readings={[first, second]} headOf={headOf} />
              </>
            ) : (
              <div class="two-codings">
                {[first, second].map((passage, i) => (
                  <section>
                    <h3>
                      <bdi>{headOf(i)}</bdi>
                    </h3>
                    {passage === null ? (
                      <p class="soft">Marked nothing here.</p>
                    ) : (
                      <>
                        <Words passage={passage} language={undefined} />
                        <Read passage={passage} own />
                      </>
                    )}
                  </section>
                ))}
              </div>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What two who read a passage alike still have each of their own: what they think likely, and notes. */
function Beside({ readings, headOf }: { readings: readonly Passage[]; headOf: (i: number) => string }) {
  const said = readings.map((passage) =>
    [
      isClaim(passage) ? `own probability ${percent(passage.own)}` : null,
      passage.note === undefined ? null : `“${passage.note}”`,
    ].filter((part) => part !== null),
  )
  if (said.every((parts) => parts.length === 0)) return null
  return (
    <p class="small soft">
      {said.map((parts, i) =>
        parts.length === 0 ? null : (
          <>
            {i === 0 ? '' : ' '}
            <bdi>{headOf(i)}</bdi>: <bdi>{parts.join(', ')}</bdi>.
          </>
        ),
      )}
    </p>
  )
}

function Ended({ round, nameOf }: { round: RoundRow; nameOf: NameOf }) {
  const { joint, joint_at, joint_by, closed_at, closed_by, closed_because, sent } = round
  if (closed_at !== null)
    return (
      <p class="notice">
        Closed by <bdi>{nameOf(String(closed_by))}</bdi> on <Instant at={closed_at} />:{' '}
        <bdi>{closed_because}</bdi>
      </p>
    )
  if (joint === null || joint_at === null) return null
  return (
    <section>
      <h2>The joint reading</h2>
      <p class="soft">
        Recorded by <bdi>{nameOf(String(joint_by))}</bdi> on <Instant at={joint_at} />, with the names hidden.
        {sent.some(({ by }) => by === joint_by)
          ? ' One of the two coders decided, because the ledger had no third member who could.'
          : ''}{' '}
        <bdi>{joint.because}</bdi>
      </p>
      {joint.passages.length === 0 ? <p>Nothing in this text is a forecast.</p> : null}
      <p>{originsText(joint.passages)}</p>
      <ol class="coded-list">
        {joint.passages.map((passage) => (
          <li>
            <Words passage={passage} language={undefined} />
            <Read passage={passage} />
            {passage.origin === undefined ? null : (
              <p class="small soft">
                <OriginOf origin={passage.origin} names={sent.map(({ by }) => nameOf(by))} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

const COUNTED = {
  both: 'as both read it',
  first: 'as one coder read it',
  second: 'as the other did',
  own: 'as neither did, written by who decided',
} as const

/** How many of the joint readings are whose; nothing where they were recorded without saying so. */
function originsText(passages: readonly JointPassage[]): string {
  const counts = (['both', 'first', 'second', 'own'] satisfies (typeof origins)[number][]).flatMap(
    (origin) => {
      const n = passages.filter((one) => one.origin === origin).length
      return n === 0 ? [] : [`${n.toLocaleString('en')} ${COUNTED[origin]}`]
    },
  )
  return counts.length === 0 ? '' : `Of ${counted(passages.length, 'passage')}: ${counts.join(', ')}.`
}

function OriginOf({ origin, names: [first, second] }: { origin: (typeof origins)[number]; names: string[] }) {
  if (origin === 'both') return <>As both read it.</>
  if (origin === 'own') return <>As neither coder read it: written by who recorded the joint reading.</>
  return (
    <>
      As <bdi>{origin === 'first' ? first : second}</bdi> read it.
    </>
  )
}

const Closure = ({ id, draft }: { id: string; draft: Draft | undefined }) => {
  const frame: FormFrame = { id: 'close', fields: BECAUSE, draft: draft ?? emptyDraft() }
  return (
    <details open={draft !== undefined}>
      <summary>Close this round</summary>
      <FormProblems frame={frame} />
      <form method="post" action={paths.codingClosure(id)}>
        <p>What was kept of it goes, and the log shows that it was closed.</p>
        <FormFields frame={frame} />
        <p class="actions">
          <button type="submit" class="quiet">
            Close it
          </button>
        </p>
      </form>
    </details>
  )
}

export const roundForms: readonly FormRoute[] = [
  {
    path: '/codings/:id/adjudication',
    role: 'recorder',
    fields: adjudicationFields,
    act: (context) =>
      submittedTo(
        context,
        ({ ledger, unit, id }) => adjudicateFrom(ledger, unit, id, context.form),
        (draft) => roundPage(context, { form: 'joint', draft }) as never,
        ({ id }) => seeOther(paths.coding(id)),
      ),
  },
  {
    path: '/codings/:id/closure',
    role: 'recorder',
    fields: fieldsOf(BECAUSE),
    act: (context) =>
      submittedTo(
        context,
        ({ ledger, unit, id, request }) => closeRound(ledger, unit, id, request(RoundClosureRequest)),
        (draft) => roundPage(context, { form: 'close', draft }) as never,
        ({ id }) => seeOther(paths.coding(id)),
      ),
  },
]
