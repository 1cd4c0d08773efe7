const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
const textOf = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

type Filled = Record<string, ArrayBuffer | string>

/** Asks the device to use a passkey that it has. */
async function used(challenge: BufferSource): Promise<Filled> {
  const publicKey = { challenge, userVerification: 'required' as const }
  const found = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
  const { clientDataJSON, authenticatorData, signature } = found.response as AuthenticatorAssertionResponse
  return { id: found.id, client_data: clientDataJSON, authenticator_data: authenticatorData, signature }
}

/** Asks the device to make one for who is signed in. */
async function made(challenge: BufferSource, { user = '', name = '' }: DOMStringMap): Promise<Filled> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    challenge,
    rp: { name: 'Reckoning' },
    user: { id: new TextEncoder().encode(user), name, displayName: name },
    // ES256 and RS256: every device has one of them.
    pubKeyCredParams: [-7, -257].map((alg) => ({ type: 'public-key', alg })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  }
  const found = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
  const response = found.response as AuthenticatorAttestationResponse
  const public_key = response.getPublicKey()
  if (public_key === null) throw new Error('its kind of key is not known')
  return {
    id: found.id,
    client_data: response.clientDataJSON,
    authenticator_data: response.getAuthenticatorData(),
    public_key,
  }
}

async function answer(form: HTMLFormElement): Promise<void> {
  const { dataset } = form
  const asked = await fetch(dataset.challenge ?? '', { method: 'POST', body: new URLSearchParams() })
  if (!asked.ok) throw new Error('the server did not ask for it; try again in a moment')
  const challenge = bytesOf(((await asked.json()) as { challenge: string }).challenge)
  const filled = dataset.passkey === 'make' ? await made(challenge, dataset) : await used(challenge)
  for (const [name, value] of Object.entries(filled)) {
    const field = form.elements.namedItem(`/${name}`) as HTMLInputElement
    field.value = typeof value === 'string' ? value : textOf(value)
  }
  form.submit()
}

/** Passkeys need a script: their forms are shown where there can be one. */
export function startPasskeys(): void {
  if (!('PublicKeyCredential' in window)) return
  for (const form of document.querySelectorAll<HTMLFormElement>('[data-passkey]')) {
    form.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      answer(form).catch((error: Error) => {
        const words =
          error.name === 'NotAllowedError'
            ? 'Nothing was done: it was ended or took too long.'
            : error.message
        const said = form.querySelector('[role=status]')
        if (said !== null) said.textContent = words
      })
    })
  }
}
