/** The keys as a dialog and as a page, and what a search finds besides forecasts. */
export const help = `
kbd{font:600 var(--step--1)/1.5 ui-monospace,"SF Mono","Liberation Mono",monospace;border:1px solid var(--edge);border-bottom-width:2px;border-radius:.25rem;padding:0 .4rem;background:var(--sheet)}
dl.keys{display:grid;grid-template-columns:6rem minmax(0,1fr);gap:.4rem 1rem;margin:.6rem 0 1.2rem}
dl.keys dd{margin:0}
dialog.help{border:1px solid var(--edge);border-radius:var(--radius);background:var(--paper);color:var(--ink);padding:1.4rem 1.6rem;width:min(34rem,calc(100vw - 2rem));max-height:calc(100vh - 2rem);overflow:auto}
dialog.help h2{margin:0}dialog.help h3{font:600 var(--step--1)/1.3 var(--sans);color:var(--soft);margin:1.2rem 0 0}
dialog.help::backdrop{background:rgb(0 0 0/.45)}
.found{list-style:none;padding:0;margin:.4rem 0 0}.found li{padding:.7rem 0;border-top:1px solid var(--line)}
.found-title{font-size:var(--step-1);margin-top:2.2rem}
`
