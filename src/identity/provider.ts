import * as oauth from 'oauth4webapi'
import { LedgerError } from '../core/error.ts'
import type { Accounts, Trusted } from './accounts.ts'

const TIMEOUT_MS = 5_000
const SCOPE = 'openid email'

/**
 * Sign-in by authorization code with PKCE, state and nonce. The identity token comes over TLS from the provider
 * itself, which OpenID Connect (3.1.3.7) takes for its signature. What the provider is, is asked anew each time.
 */
export function providerAt({
  issuer,
  client_id,
  client_secret,
}: Trusted): Pick<Accounts, 'begin' | 'finish'> {
  const client: oauth.Client = { client_id }
  const authentication = client_secret === undefined ? oauth.None() : oauth.ClientSecretBasic(client_secret)
  const options = () => ({
    signal: AbortSignal.timeout(TIMEOUT_MS),
    // The settings allow it for one's own machine only.
    [oauth.allowInsecureRequests]: issuer.startsWith('http:'),
  })

  const discover = async () => {
    const url = new URL(issuer)
    return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options()))
  }

  return {
    begin: (redirect) =>
      translated(issuer, async () => {
        const { authorization_endpoint } = await discover()
        if (authorization_endpoint === undefined) throw new Error('it names no place to sign in')
        const [state, nonce, verifier] = [
          oauth.generateRandomState(),
          oauth.generateRandomNonce(),
          oauth.generateRandomCodeVerifier(),
        ]
        const address = new URL(authorization_endpoint)
        const asked = {
          client_id,
          redirect_uri: redirect,
          response_type: 'code',
          scope: SCOPE,
          state,
          nonce,
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        }
        for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value)
        return { address: address.href, kept: [state, nonce, verifier].join('.') }
      }),
    finish: (redirect, kept, came) =>
      translated(issuer, async () => {
        const [state = '', nonce = '', verifier = ''] = kept.split('.')
        const server = await discover()
        const code = oauth.validateAuthResponse(server, client, came, state)
        const granted = await oauth.processAuthorizationCodeResponse(
          server,
          client,
          await oauth.authorizationCodeGrantRequest(
            server,
            client,
            authentication,
            code,
            redirect,
            verifier,
            options(),
          ),
          { expectedNonce: nonce, requireIdToken: true },
        )
        const claims = oauth.getValidatedIdTokenClaims(granted)
        if (claims === undefined) throw new Error('it sent no identity')
        const told =
          claims.email === undefined && server.userinfo_endpoint !== undefined
            ? await oauth.processUserInfoResponse(
                server,
                client,
                claims.sub,
                await oauth.userInfoRequest(server, client, granted.access_token, options()),
              )
            : claims
        const { email, email_verified } = told
        return {
          subject: claims.sub,
          email: typeof email === 'string' && email_verified === true ? email : null,
        }
      }),
  }
}

/** What the settings are to blame for, as against who signs in. */
const OURS = ['invalid_client', 'unauthorized_client', 'unsupported_grant_type']

/** Errors of the library in our words: `provider` where it is not for who signs in to mend. */
async function translated<T>(issuer: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const why = error instanceof oauth.ResponseBodyError ? error.error : ''
    if (error instanceof oauth.WWWAuthenticateChallengeError || OURS.includes(why))
      throw new LedgerError(
        'provider',
        `${issuer} does not take this ledger for the one that it knows: whoever runs it has to look at RECKONING_OIDC_CLIENT_ID and RECKONING_OIDC_CLIENT_SECRET.`,
      )
    if (error instanceof oauth.AuthorizationResponseError)
      throw refused(`${issuer} did not sign you in (${shown(error.error)}).`)
    if (error instanceof oauth.ResponseBodyError && error.status < 500)
      throw refused(`${issuer} no longer takes what it sent here (${shown(why)}).`)
    if (error instanceof oauth.OperationProcessingError && FOREIGN.includes(error.code ?? ''))
      throw refused(`What came back from ${issuer} does not fit what was asked.`)
    throw new LedgerError(
      'provider',
      `${issuer} does not sign anybody in at present. Try again in a moment, or sign in with a link.`,
    )
  }
}

/** Of an answer that belongs to another question: wrong state, nonce, issuer or time, or no code at all. */
const FOREIGN: readonly string[] = [
  oauth.INVALID_RESPONSE,
  oauth.JWT_CLAIM_COMPARISON,
  oauth.JWT_TIMESTAMP_CHECK,
]

const shown = (code: string): string => code.replaceAll(/[^a-z_]/giu, '').slice(0, 60) || 'without a reason'

const refused = (message: string) => new LedgerError('unauthenticated', `${message} Begin again.`)
