import type { Child } from 'hono/jsx'
import { unbroken } from '../ui/number.ts'

/** A rule in plain words. `golden` names files of test/golden/ that hold its formula to numbers not made by this code. */
export type Rule = {
  name: string
  text: Child
  formula?: string
  ours?: boolean
  reference?: Child
  golden?: readonly string[]
}
export type Section = { id: string; title: string; rules: readonly Rule[] }

export const doi = (cite: string, id: string): Child => (
  <>
    {cite}. <a href={`https://doi.org/${encodeURI(id)}`}>doi:{id}</a>
  </>
)

export const RuleText = ({ rule }: { rule: Rule }) => (
  <div class="rule">
    <h3>
      {rule.name} {rule.ours ? <span class="label">our own device</span> : null}
    </h3>
    <p>{typeof rule.text === 'string' ? unbroken(rule.text) : rule.text}</p>
    {rule.formula === undefined ? null : (
      <p class="formula">
        <code>{typeset(rule.formula)}</code>
      </p>
    )}
    {rule.reference === undefined ? null : <p class="small soft">{rule.reference}</p>}
    {rule.golden === undefined ? null : (
      <p class="small soft">
        Held to the cases of {rule.golden.map((name) => `test/golden/${name}.json`).join(', ')}.
      </p>
    )}
  </div>
)

/** `S_g` and `min_{p ∈ [low_k, high_k]}` with what stands below the line. */
function typeset(formula: string): Child {
  const parts = formula.split(/_(\{[^{}]*\}|\p{L}+)/u)
  return parts.map((part, i) => (i % 2 === 0 ? part : <sub>{typeset(part.replaceAll(/[{}]/gu, ''))}</sub>))
}
