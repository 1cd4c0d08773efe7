import { BUTTON } from '../ui/fields.ts'
import type { ArrivalRoute } from '../ui/page.ts'
import { challengePasskey, passkeyFields, signInByPasskey } from './passkey.ts'
import { askForLink, linkFields, signInByLink, signInFields } from './sign-in.tsx'

export { answerFromProvider, towardsProvider } from './account.ts'
export { signInPage } from './sign-in.tsx'

/** How somebody signs in who is nobody yet. */
export const forms: readonly ArrivalRoute[] = [
  { path: '/sign-in', fields: signInFields, act: signInByLink },
  { path: '/sign-in/link', fields: linkFields, act: askForLink },
  { path: '/sign-in/passkey', fields: passkeyFields, act: signInByPasskey },
  { path: '/sign-in/passkey/challenge', fields: BUTTON, act: challengePasskey },
]
