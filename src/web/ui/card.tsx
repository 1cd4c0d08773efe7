import type { Child } from 'hono/jsx'

type CardProps = { title?: Child; children?: Child; tone?: 'quiet' | 'due' }

/** A box with a small heading. */
export const Card = ({ title, children, tone }: CardProps) => (
  <section class={tone === undefined ? 'card' : `card ${tone}`}>
    {title === undefined ? null : <h3 class="card-title">{title}</h3>}
    {children}
  </section>
)

type ChipProps = { href: string; current?: boolean; n?: number; children?: Child }

/** A filter or a tag; the one in force is marked. */
export const Chip = ({ href, current = false, n, children }: ChipProps) => (
  <a class="chip" href={href} aria-current={current ? 'true' : undefined}>
    <bdi>{children}</bdi>
    {n === undefined ? null : <span class="n"> {n.toLocaleString('en')}</span>}
  </a>
)

type LayerProps = { number: 1 | 2 | 3 | 4; title: string; by?: Child; children?: Child }

/** A numbered panel of the four layers, with its by-line. */
export const Layer = ({ number, title, by, children }: LayerProps) => (
  <section class={`layer layer-${number}`} aria-labelledby={`layer-${number}`}>
    <h2 id={`layer-${number}`}>
      <span class="number" aria-hidden="true">
        {number}
      </span>{' '}
      {title}
    </h2>
    {children}
    {by === undefined ? null : <p class="byline">{by}</p>}
  </section>
)

/** What is not shown, and why. */
export const Withheld = ({ children }: { children?: Child }) => <p class="withheld">{children}</p>
