import { CorrectionPolicy, DEFAULT_POLICY } from '../../core/correction.ts'
import { may } from '../../core/member.ts'
import * as paths from '../../http/paths.ts'
import { publishCorrectionPolicy } from '../../ledger/correction/publish-policy.ts'
import type { StatedPolicy } from '../../store/corrections.ts'
import { readCorrectionPolicy } from '../../store/documents/corrections.ts'
import { Instant } from '../ui/date.tsx'
import { FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { fieldsOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { memberNames, type NameOf } from '../ui/member-names.ts'
import { counted } from '../ui/number.ts'
import { type FormRoute, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed } from '../ui/problem.ts'
import { submittedTo } from '../ui/submitted.ts'
import { numberOr, requestOf } from '../ui/typed.ts'

const FORM: FormTable = {
  '/text': { label: 'How this ledger corrects itself', rows: 14, maxlength: 20_000 },
  '/notice_days': {
    label: 'For how many days the page concerned says so',
    hint: 'From 1 to 365.',
    maxlength: 3,
  },
}

/** `/corrections/policy`: the version that holds, and those before it. */
export async function correctionPolicyPage(context: PageContext, returned?: Draft) {
  const { policies, members } = await readCorrectionPolicy(context.host.ledger.db)
  const [current, ...earlier] = policies
  const { text, notice_days } = current?.record ?? DEFAULT_POLICY
  const draft = returned ?? emptyDraft({ '/text': text, '/notice_days': String(notice_days) })
  const frame: FormFrame = { id: 'policy', fields: FORM, draft }
  const nameOf = memberNames(members)
  return (
    <Page title="Corrections policy" context={context} json={paths.api.correctionPolicy()}>
      <p class="crumbs">
        <a href={paths.corrections()}>Corrections</a>
      </p>
      <h1>Corrections policy</h1>
      {current === undefined ? (
        <p class="soft">
          This is the text that comes with the software. Whoever keeps this ledger has not published one of
          their own yet.
        </p>
      ) : (
        <p class="soft">
          Version {policies.length}, published by <Published policy={current} nameOf={nameOf} />.
        </p>
      )}
      <Paragraphs text={text} />
      <p>The page concerned shows a notice for {counted(notice_days, 'day')}.</p>
      {earlier.length === 0 ? null : (
        <section>
          <h2>Earlier versions</h2>
          {earlier.map((policy, i) => (
            <details>
              <summary>
                Version {earlier.length - i}, <Published policy={policy} nameOf={nameOf} />
              </summary>
              <Paragraphs text={policy.record.text} />
              <p>The page concerned showed a notice for {counted(policy.record.notice_days, 'day')}.</p>
            </details>
          ))}
        </section>
      )}
      {context.viewer !== null && may(context.viewer.role, 'admin') ? (
        <section>
          <h2>Publish a new version</h2>
          <FormProblems frame={frame} />
          <form method="post" action={paths.correctionPolicy()}>
            <FormFields frame={frame} />
            <p class="actions">
              <button type="submit">Publish</button>
              <span class="soft small">As an entry of its own; the version before it stays readable.</span>
            </p>
          </form>
        </section>
      ) : null}
    </Page>
  )
}

const Published = ({ policy, nameOf }: { policy: StatedPolicy; nameOf: NameOf }) => (
  <>
    <bdi>{nameOf(policy.by)}</bdi>, <Instant at={policy.at} />, entry {policy.seq}
  </>
)

const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text.split(/\n{2,}/u).map((paragraph) => (
      <p>
        <bdi>{paragraph}</bdi>
      </p>
    ))}
  </>
)

export const correctionPolicyForm: FormRoute = {
  path: '/corrections/policy',
  role: 'admin',
  fields: fieldsOf(FORM),
  act: (context) =>
    submittedTo(
      context,
      ({ ledger, unit, form }) => {
        const { notice_days, ...rest } = requestOf(form)
        const request = { ...rest, notice_days: numberOr(String(notice_days ?? '')) }
        return publishCorrectionPolicy(ledger, unit, parsed(CorrectionPolicy, request))
      },
      (draft) => correctionPolicyPage(context, draft),
      () => seeOther(paths.correctionPolicy()),
    ),
}
