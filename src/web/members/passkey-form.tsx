import * as paths from '../../http/paths.ts'
import { Field, type FormFrame, FormProblems, type FormTable } from '../ui/field.tsx'

const Filled = ({ names }: { names: readonly string[] }) => (
  <>
    {names.map((name) => (
      <input type="hidden" name={name} />
    ))}
  </>
)

/** A button for whoever has a passkey: the script fills it in, and shows it only where there can be one. */
export const PasskeyButton = ({ next }: { next: string }) => (
  <form
    method="post"
    action={paths.passkey()}
    data-passkey="use"
    data-challenge={paths.passkeyChallenge()}
    hidden
  >
    <input type="hidden" name="next" value={next} />
    <Filled names={['/id', '/client_data', '/authenticator_data', '/signature']} />
    <button type="submit">Sign in with a passkey</button>
    <p class="problem" role="status" />
  </form>
)

export const PASSKEY: FormTable = {
  '/name': { label: 'Name of a new passkey', hint: 'Where it is: “phone”, “office key”.', maxlength: 200 },
}
export const MADE = ['/id', '/client_data', '/authenticator_data', '/public_key'] as const

/** A form that makes a passkey for who is signed in. */
export const AddPasskey = ({ frame, id, name }: { frame: FormFrame; id: string; name: string }) => (
  <form
    method="post"
    action={paths.passkeys()}
    data-passkey="make"
    data-challenge={paths.newPasskeyChallenge()}
    data-user={id}
    data-name={name}
    hidden
  >
    <FormProblems frame={frame} />
    <Field frame={frame} name="/name" />
    <Filled names={MADE} />
    <button type="submit">Add a passkey</button>
    <p class="problem" role="status" />
  </form>
)
