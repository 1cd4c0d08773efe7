import type { Child } from 'hono/jsx'

/** The host of an address in ASCII: a look-alike name shows as xn--…. */
const hostOf = (address: string): string | null => {
  if (!URL.canParse(address)) return null
  const { protocol, host } = new URL(address)
  return protocol === 'http:' || protocol === 'https:' ? host : null
}

/** A link out of the ledger, with the host it really leads to. Anything but http and https is text. */
export function ExternalLink({
  href,
  children,
  bare = false,
}: {
  href: string
  children?: Child
  bare?: boolean
}) {
  const host = hostOf(href)
  if (host === null) return <span>{children ?? href}</span>
  return (
    <>
      <a href={new URL(href).href} rel="noopener nofollow ugc">
        {children ?? host}
      </a>
      {bare || children === undefined ? null : <span class="host"> ({host})</span>}
    </>
  )
}
