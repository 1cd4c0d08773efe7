import type { Child } from 'hono/jsx'
import { parsedUrl } from '../../core/url.ts'
import * as paths from '../../http/paths.ts'

/** The host of an address in ASCII: a look-alike name shows as xn--…. */
const hostOf = (address: string): string | null => {
  const url = parsedUrl(address)
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.host : null
}

type ExternalProps = { href: string; children?: Child; bare?: boolean }

/** A link out of the ledger, with the host it really leads to. Anything but http and https is text. */
export function ExternalLink({ href, children, bare = false }: ExternalProps) {
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

type TitledProps = { href: string; plain?: boolean; children: string }

/** A link that is called what somebody typed. */
export const Titled = ({ href, plain = false, children }: TitledProps) => (
  <a class={plain ? 'plain' : undefined} href={href}>
    <bdi>{children}</bdi>
  </a>
)

/** The way to a list as a program reads it. */
export const ListAsData = ({ json }: { json: string }) => (
  <p class="small">
    This list as <a href={paths.csvOf(json)}>CSV</a> or <a href={json}>JSON</a>
  </p>
)
