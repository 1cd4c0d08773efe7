/** Who came back from the provider: `email` only where the provider says that it is verified. */
export type Account = { subject: string; email: string | null }

/** Where to send a browser, and what it keeps until it comes back. */
export type Begun = { address: string; kept: string }

/** A provider of accounts (OpenID Connect), as the settings name it. */
export type Accounts = {
  issuer: string
  begin: (redirect: string) => Promise<Begun>
  /** `came` is the query with which the browser came back. Throws `unauthenticated` or `provider`. */
  finish: (redirect: string, kept: string, came: URLSearchParams) => Promise<Account>
}

export type Trusted = { issuer: string; client_id: string; client_secret: string | undefined }

/** The provider that is trusted. What speaks with it is loaded when somebody first signs in there. */
export function accountsWith(trusted: Trusted): Accounts {
  const provider = async () => (await import('./provider.ts')).providerAt(trusted)
  return {
    issuer: trusted.issuer,
    begin: async (redirect) => (await provider()).begin(redirect),
    finish: async (redirect, kept, came) => (await provider()).finish(redirect, kept, came),
  }
}
