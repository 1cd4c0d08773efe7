/** Charts, and the pages that show a record. */
export const record = `
.chart{margin:1rem 0 1.8rem;max-width:46rem}
.chart svg.drawing{display:block;width:100%;overflow:visible}
.chart.reliability{max-width:27rem}
.chart svg text{font:12px/1 var(--sans);fill:var(--soft);font-variant-numeric:tabular-nums;paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.layer .chart svg text{stroke:var(--sheet)}.chart svg .inside,.chart.reliability svg text{stroke:none}
.chart svg .dark,.chart svg .inside{fill:var(--ink)}
.chart svg .strong{font-weight:700}
.chart svg .inside{font-size:14px}
.chart svg .row-label{font-size:13px}
.chart .grid line{stroke:var(--line)}
.chart .base{stroke:var(--line);stroke-width:2}
.chart .mark-line{stroke:var(--soft);stroke-dasharray:3 3}
.chart .band{fill:var(--accent);fill-opacity:.3}
.chart .band.assumed{fill-opacity:.08;stroke:var(--accent);stroke-dasharray:4 3}
.chart .median{stroke:var(--accent);stroke-width:2;stroke-opacity:.6}
.chart .value{stroke:var(--accent);stroke-width:4}
.chart .whisker{stroke:var(--ink);stroke-width:1.5;stroke-opacity:.55}
.chart .dot{fill:var(--ink)}
.chart.reliability .dot{fill:var(--accent)}
.chart.reliability .whisker{stroke:var(--accent)}
.chart .dot.yes{fill:var(--yes);stroke:var(--yes);stroke-width:1}
.chart .dot.no{fill:var(--paper);stroke:var(--no);stroke-width:1.6}
.chart .bar{stroke-width:3}.chart .bar.yes{stroke:var(--yes)}.chart .bar.no{stroke:var(--no)}
.chart .consistency{fill:var(--soft);fill-opacity:.17}
.chart .diagonal{stroke:var(--soft);stroke-dasharray:3 4}
.chart .curve{fill:none;stroke:var(--accent);stroke-width:1.5;stroke-opacity:.7}
.chart.funnel{max-width:40rem}.chart.strip{max-width:none}
.chart .step{fill:var(--accent);fill-opacity:.1}.chart .step-1{fill-opacity:.18}.chart .step-2{fill-opacity:.27}.chart .step-3{fill-opacity:.38}
.chart .moment.said *{fill:var(--accent)}
.chart .moment.withdrawn *{fill:var(--paper);stroke:var(--accent);stroke-width:2}
.chart .moment .square{stroke:var(--soft)}.chart .moment.resolved .square{stroke:var(--ink)}
.chart .moment.deadline line{stroke:var(--due);stroke-width:2.5}
.chart .moment.known line{stroke:var(--ink);stroke-width:2.5;stroke-dasharray:4 2}
.chart .behind summary,.cite summary{color:var(--soft);font-weight:400;font-size:var(--step--1)}
.chart .scroll{margin-top:.6rem}.layer .chart{margin-bottom:1rem}
table.numbers{width:auto;min-width:min(100%,22rem);font-size:var(--step--1)}
table.numbers th,table.numbers td{padding:.4rem 1.3rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:baseline;color:var(--ink)}
table.numbers thead th{color:var(--soft);border-bottom-color:var(--ink);vertical-align:bottom}
table.numbers tbody th{font-weight:400;min-width:8rem}
table.numbers .num{text-align:right}table.numbers td.num{white-space:nowrap}table.numbers :is(th,td):last-child{padding-right:0}
ul.withheld{list-style:none}ul.withheld li{margin:.25rem 0}
.reads .brier{display:block}
table.numbers td.means{color:var(--soft);min-width:14rem}
h1.sober~h2,h1.sober~section h2,h1.sober~.lead,.halves .lead,.halves .steps{font-family:var(--sans)}h1.sober~h2,h1.sober~section>h2,h1.sober~.lead,.halves .lead{font-size:1.3rem}.halves .lead{margin:0}.halves .steps{font-size:1.1rem}.halves .steps b{font-size:1.4rem}
h1.sober{font-family:var(--sans);font-size:1.9rem;letter-spacing:-.015em}
.standing{display:flex;flex-wrap:wrap;gap:.3rem .7rem;align-items:baseline;max-width:none}
.aside{display:block}
.layers{display:grid;gap:1.1rem;margin:1.6rem 0 2.4rem}
.layers .layer{margin:0;border:1px solid var(--line);border-radius:var(--radius);padding:1.2rem 1.4rem 1rem;background:var(--sheet)}
.layers .layer-1{background:none;border-width:0 0 0 .22rem;border-color:var(--accent);border-radius:0;padding:.2rem 0 .2rem 1.4rem}
.layers .byline{border-top:1px solid var(--line);padding-top:.6rem;margin-bottom:0;max-width:none}
.layers .layer-1 .byline{border:0;padding-top:0}
.layer .event{font-size:1.15rem;font-weight:600;margin-top:0}
.layer .said-large{margin-top:.4rem}
.prose{white-space:pre-line}
.struck blockquote,.struck .said-large,.struck .words,.struck .event{text-decoration:line-through}
.caveats,.plain-list{list-style:none;padding:0;margin:.6rem 0}
.caveats{font-size:var(--step--1);color:var(--soft)}
.evidence{padding-left:1.3rem}.evidence li{margin:.5rem 0}
.readings li{display:grid;grid-template-columns:minmax(0,16rem) minmax(0,1fr);gap:.2rem 1.6rem;align-items:start;margin:.9rem 0}
.sayings{list-style:none;padding:0;max-width:none}.sayings li{margin:0 0 1.1rem}
.sayings .words{font-size:1.25rem;line-height:1.4}.said{color:inherit;text-decoration:none}.said:hover{text-decoration:underline;text-decoration-thickness:.06em}
.claims{list-style:none;padding:0;margin:1rem 0;max-width:none;counter-reset:claim}
.claim{counter-increment:claim;display:grid;grid-template-columns:2rem minmax(0,1.15fr) minmax(0,1fr);gap:.3rem 1.6rem;padding:1.2rem 0;border-top:1px solid var(--line)}
.claim::before{content:counter(claim);color:var(--soft);font-size:var(--step--1);padding-top:.3rem}
.claim:target{background:var(--accent-wash)}
.claim .passage .words{font-size:1.15rem;line-height:1.45}
.claim.untestable .passage .words,.claim.duplicate .passage .words{color:var(--soft)}
.claim .passage .label{margin-right:.3rem}
.history,.family,.revisions{padding-left:1.3rem}.history li{margin:.9rem 0}.family li,.revisions li{margin:.6rem 0}.revisions .probability{display:grid;margin-top:.2rem}
.changes{margin:.4rem 0;font-size:var(--step--1)}.changes dt{font-weight:600}.changes dd{margin:0 0 .4rem}
.changes del{color:var(--no)}.changes ins{color:var(--yes)}
.hindsight{border-left:.22rem solid var(--no);padding-left:.9rem}
.views{display:flex;flex-wrap:wrap;gap:.4rem .6rem;align-items:center;margin:0 0 1.2rem}
.views .chip{min-height:2.75rem}
.halves{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 3.4rem;align-items:start;margin-top:.8rem}
.halves .chart{margin-top:0}.halves .big small{line-height:1.3}.halves .big{margin-top:0}.halves>div>p:first-child{margin-top:0}
.chart .outer{stroke:var(--accent);stroke-width:1.5}
dl.facts.compact{font-size:var(--step--1);margin:.4rem 0}
.statisticians{border-top:1px solid var(--line);border-bottom:1px solid var(--line);margin:2.4rem 0;padding:.4rem 0}
.pair-choice{display:flex;flex-wrap:wrap;gap:.8rem 1rem;align-items:end;margin:1rem 0}.pair-choice .field{margin:0;flex:0 1 18rem}
.people tbody th{padding:.9rem .9rem .9rem 0;font-size:1rem}
.narrow-name{display:none}
.contents{columns:2;list-style:none;padding:0;max-width:40rem}.contents a{display:inline-block;padding:.35rem 0}
.rule{margin:1.6rem 0}.rule h3{font-size:1.1rem;font-family:var(--sans)}.rule p{margin:.45rem 0}
.formula{max-width:100%}.formula code{font-family:var(--serif);font-size:1.05em;background:var(--wash);padding:.25rem .5rem;overflow-wrap:anywhere;box-decoration-break:clone;border-radius:.2rem}
.references{font-size:var(--step--1);color:var(--soft)}.references li{margin:.5rem 0;overflow-wrap:anywhere}
.cite pre{white-space:pre-wrap;overflow-wrap:anywhere}
.sources{max-width:52rem}.sources p{max-width:none}.sources li{padding:.8rem 0;border-top:1px solid var(--line)}
@media (max-width:60rem){.halves{grid-template-columns:minmax(0,1fr)}}
@media (max-width:40rem){
h1.sober{font-size:1.5rem}
.layers .layer{padding:1rem}.layers .layer-1{padding:.1rem 0 .1rem 1rem}
.claim{grid-template-columns:1.5rem minmax(0,1fr)}.claim .fate{grid-column:2}
.contents{columns:1}
table.numbers th,table.numbers td{padding-right:.8rem}table.numbers tbody th{min-width:6rem}
table.stacked,table.stacked tbody{display:block;width:100%}table.stacked thead{display:none}
table.stacked tr{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:.45rem 1rem;padding:.9rem 0;border-bottom:1px solid var(--line)}
table.stacked tbody th{grid-column:1/-1;padding:0;border:0;font-weight:600}
table.stacked td,table.stacked .num{border:0;padding:0;text-align:left}table.stacked .wide-cell{grid-column:span 2}table.stacked .text,table.stacked .means{grid-column:1/-1}
table.stacked td[data-name]::before{content:attr(data-name);display:block;color:var(--soft);font-size:var(--step--1)}table.stacked td form{margin:0}
.pair-choice .field{flex-basis:100%}.readings li{grid-template-columns:minmax(0,1fr)}
.narrow-name{display:block;font-weight:600}
.common td.reads{margin-top:.4rem}
}
@media print{.behind summary,.views,.pair-choice{display:none}.behind::details-content,.statisticians::details-content{content-visibility:visible;display:block}.statisticians summary::before{content:none}}
`
