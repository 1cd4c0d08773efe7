/** What charts share; see `charts/` for the drawing. */
export const charts = `
figure{margin:0}
figcaption{font-size:var(--step--1);color:var(--soft);margin-top:.5rem;max-width:var(--measure)}
svg{max-width:100%}
svg text{font:12px var(--sans);fill:var(--soft)}
svg .ink{stroke:var(--ink)}
`
