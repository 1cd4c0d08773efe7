import { WebhookRequest, webhookEvents, webhookFormats, wordsToAll } from '../../core/reminder.ts'
import * as paths from '../../http/paths.ts'
import { unsentBecause } from '../../http/sending.ts'
import {
  addWebhook,
  removeWebhook,
  resumeWebhook,
  rotateWebhook,
  testWebhook,
} from '../../ledger/reminders/webhook.ts'
import { readWebhooks } from '../../store/documents/settings.ts'
import type { Target } from '../../store/targets.ts'
import { FormFields, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'
import { BUTTON, fieldsOf } from '../ui/fields.ts'
import { Page } from '../ui/layout.tsx'
import { type FormContext, type FormRoute, type PageContext, seeOther } from '../ui/page.ts'
import { type Draft, emptyDraft, parsed } from '../ui/problem.ts'
import { type Submission, submitted } from '../ui/submitted.ts'
import { requestOf } from '../ui/typed.ts'
import { Delivered } from './delivered.tsx'
import { ticked, tickedValues, ticks } from './reminders.tsx'

const FORMATS: Record<(typeof webhookFormats)[number], string> = {
  standard: 'Standard Webhooks: signed JSON, one message an event',
  slack: 'Slack, and what takes the same',
  discord: 'Discord',
}

const FORM: FormTable = {
  '/name': { label: 'Name', hint: 'What it is for.', maxlength: 100 },
  '/url': { label: 'Address', type: 'url', hint: 'Only administrators see it.', maxlength: 2000 },
  '/format': {
    label: 'Format',
    radio: true,
    options: webhookFormats.map((format) => [format, FORMATS[format]] as const),
  },
  ...ticks(webhookEvents, wordsToAll),
}

type Outcome = { draft?: Draft; secret?: { name: string; value: string } }

/** `/settings/webhooks`: where the ledger posts what happens, and whether it arrives. */
export async function webhooksPage(context: PageContext, { draft, secret }: Outcome = {}) {
  const { host } = context
  const held = await readWebhooks(host.ledger.db)
  const frame: FormFrame = {
    id: 'webhook',
    fields: FORM,
    draft: draft ?? emptyDraft({ '/format': 'standard', ...tickedValues(webhookEvents.slice(0, 4)) }),
  }
  const unsent = unsentBecause(host, 'webhooks')
  return (
    <Page title="Webhooks" context={context}>
      {secret === undefined ? null : (
        <div class="notice" role="status">
          <p>
            <b>
              The secret of <bdi>{secret.name}</bdi>.
            </b>{' '}
            Copy it now: it is shown only here.
          </p>
          <code class="secret">{secret.value}</code>
        </div>
      )}
      {unsent === null ? null : (
        <p class="notice bad" role="status">
          {unsent}
        </p>
      )}
      <p class="crumbs">
        <a href={paths.settings()}>Settings</a> › Webhooks
      </p>
      <h1>Webhooks</h1>
      <p class="intro">
        The ledger posts what happens to these addresses. What is not taken is tried again for 32 hours.
      </p>
      {held.length === 0 ? (
        <p>None yet.</p>
      ) : (
        <div class="tasks">
          {held.map((webhook) => (
            <Held webhook={webhook} />
          ))}
        </div>
      )}
      <details open={frame.draft.message !== null}>
        <summary>Add a webhook</summary>
        <form method="post" action={paths.webhooks()}>
          <FormProblems frame={frame} />
          <FormFields frame={frame} names={['/name', '/url', '/format']} />
          <fieldset class="field">
            <legend>When</legend>
            <FormFields frame={frame} names={webhookEvents.map((name) => `/events/${name}`)} />
          </fieldset>
          <button type="submit">Add</button>
        </form>
      </details>
    </Page>
  )
}

function Held({ webhook }: { webhook: Target }) {
  if (webhook.kind !== 'webhook') return null
  const { id, address, choices, off_at } = webhook
  const button = (action: string, words: string) => (
    <form method="post" action={action}>
      <button type="submit" class="quiet">
        {words}
        <span class="unseen"> {choices.name}</span>
      </button>
    </form>
  )
  return (
    <section class="card">
      <h2 class="card-title">
        <bdi>{choices.name}</bdi>
      </h2>
      <p class="small">
        {choices.format}, {new URL(address).host}: {choices.events.join(', ')}
      </p>
      <p>
        <Delivered target={webhook} />
      </p>
      <div class="actions">
        {off_at === null
          ? button(paths.webhookTest(id), 'Send a test')
          : button(paths.webhookResumption(id), 'Switch on again')}
        {choices.format === 'standard' ? button(paths.webhookSecret(id), 'New secret') : null}
        {button(paths.webhookRemoval(id), 'Remove')}
      </div>
    </section>
  )
}

/** A button at one webhook, that leads back here. */
const button = (
  what: string,
  does: (submission: Submission, context: FormContext) => Promise<Outcome | undefined>,
): FormRoute => ({
  path: `/settings/webhooks/:id/${what}`,
  role: 'admin',
  fields: BUTTON,
  act: async (context) => {
    const { host, unit, params, form, refused } = context
    if (refused !== null) throw refused
    const submission = { ledger: host.ledger, unit, id: params.id ?? '', form } as Submission
    const outcome = await does(submission, context)
    return outcome === undefined ? seeOther(paths.webhooks()) : webhooksPage(context, outcome)
  },
})

export const webhookForms: readonly FormRoute[] = [
  {
    path: '/settings/webhooks',
    role: 'admin',
    fields: fieldsOf(FORM),
    act: (context) =>
      submitted(
        context,
        async ({ ledger, unit, form }) => {
          const { events: named, ...rest } = requestOf(form)
          const request = parsed(WebhookRequest, { ...rest, events: ticked(webhookEvents, named) })
          const anywhere = context.host.settings.webhooks_anywhere === true
          const { secret } = await addWebhook(ledger, unit, request, anywhere)
          // Chats do not look at signatures.
          if (request.format !== 'standard') return seeOther(paths.webhooks())
          return webhooksPage(context, { secret: { name: request.name, value: secret } })
        },
        (draft) => webhooksPage(context, { draft }),
      ),
  },
  button('test', async ({ ledger, unit, id }, { host }) => {
    await testWebhook(ledger, unit, id)
    host.sendSoon?.()
    return undefined
  }),
  button('secret', async ({ ledger, unit, id }) => ({
    secret: { name: 'the webhook', value: await rotateWebhook(ledger, unit, id) },
  })),
  button('resumption', async ({ ledger, unit, id }) => {
    await resumeWebhook(ledger, unit, id)
    return undefined
  }),
  button('removal', async ({ ledger, unit, id }) => {
    await removeWebhook(ledger, unit, id)
    return undefined
  }),
]
