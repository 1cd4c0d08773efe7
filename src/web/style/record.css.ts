/** Charts, and the pages that show a record. Tokens and everything common stand in the sheets before it. */
export const recordStyle = `
.chart { margin: 1rem 0 1.6rem; max-width: 46rem }
.chart svg.drawing { display: block; width: 100%; overflow: visible }
.chart.reliability svg.drawing { max-width: 26rem }
.chart svg text { font: 12px/1 var(--sans); fill: var(--soft); font-variant-numeric: tabular-nums }
.chart svg .ink, .chart svg .inside { fill: var(--ink) }
.chart svg .strong { font-weight: 700 }
.chart svg .inside { font-size: 13.5px }
.chart svg .row-label { font-size: 13px }
.chart .axis line { stroke: var(--line) }
.chart .base { stroke: var(--line); stroke-width: 2 }
.chart .mark-line { stroke: var(--soft); stroke-dasharray: 3 3 }
.chart .band { fill: var(--accent); fill-opacity: .3 }
.chart .band.assumed { fill-opacity: .1; stroke: var(--accent); stroke-dasharray: 4 3 }
.chart .median { stroke: var(--accent); stroke-width: 2; stroke-opacity: .55 }
.chart .value { stroke: var(--accent); stroke-width: 4 }
.chart .whisker { stroke: var(--ink); stroke-width: 1.5; stroke-opacity: .6 }
.chart .dot { fill: var(--ink) }
.chart.reliability .dot { fill: var(--accent) }
.chart.reliability .whisker { stroke: var(--accent) }
.chart .dot.yes { fill: var(--yes); stroke: var(--yes) }
.chart .dot.no { fill: var(--paper); stroke: var(--no); stroke-width: 1.6 }
.chart .bar { stroke-width: 3 }
.chart .bar.yes { stroke: var(--yes) }
.chart .bar.no { stroke: var(--no) }
.chart .consistency { fill: var(--soft); fill-opacity: .16 }
.chart .diagonal { stroke: var(--soft); stroke-dasharray: 3 4 }
.chart .curve { fill: none; stroke: var(--accent); stroke-width: 1.5; stroke-opacity: .7 }
.chart .step { fill: var(--accent); fill-opacity: .12 }
.chart .step-1 { fill-opacity: .2 }
.chart .step-2 { fill-opacity: .29 }
.chart .step-3 { fill-opacity: .4 }
.chart .moment.said * { fill: var(--accent) }
.chart .moment.withdrawn * { fill: var(--paper); stroke: var(--accent); stroke-width: 2 }
.chart .moment .square { stroke: var(--soft) }
.chart .moment.resolved .square { stroke: var(--ink) }
.chart .moment.deadline line { stroke: var(--due); stroke-width: 2.5 }
.chart .moment.known line { stroke: var(--ink); stroke-width: 2.5; stroke-dasharray: 4 2 }
.chart .behind { margin-top: .4rem; font-size: var(--step--1) }
.chart .behind summary { color: var(--soft); cursor: pointer; padding: .55rem 0; min-height: 2.75rem; width: fit-content }
.scroll { overflow-x: auto; max-width: 100% }
table.numbers { width: auto; min-width: min(100%, 24rem); font-size: var(--step--1) }
table.numbers th, table.numbers td { padding: .35rem 1.2rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: baseline; text-align: left; color: var(--ink) }
table.numbers thead th { color: var(--soft); border-bottom-color: var(--ink) }
table.numbers tbody th { font-weight: 400 }
table.numbers .num { text-align: right }
@media print { .chart, .card, .layer { break-inside: avoid } .behind summary { display: none } .behind::details-content { content-visibility: visible; display: block } }
`
