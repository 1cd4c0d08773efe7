/** The parts that pages are made of: marks, quotes, tables, chips, cards, layers. */
export const parts = `
.mark{display:inline-flex;align-items:baseline;gap:.4rem;font-size:var(--step--1);color:var(--soft)}
.mark svg{flex:none;position:relative;top:.12em}
.mark.yes{color:var(--yes)}.mark.no{color:var(--no)}.mark.void{color:var(--void)}.mark.due{color:var(--due);font-weight:600}
.label{display:inline-block;border:1px solid var(--line);border-radius:.25rem;padding:0 .4rem;font:var(--step--1)/1.5 var(--sans);color:var(--soft);white-space:nowrap}
.marks{display:inline-flex;flex-wrap:wrap;gap:.3rem .6rem;align-items:baseline}
p.marks{display:flex}
q,blockquote{font-family:var(--serif);font-style:normal;quotes:"“" "”" "‘" "’"}
blockquote{margin:0}
.said-large{font:400 1.5rem/1.45 var(--serif);max-width:46ch;margin:.8rem 0}
div.said-large{font-family:var(--sans);font-size:1.15rem}
.around{color:var(--soft)}
.host,.zone,.whose{color:var(--soft);font-size:var(--step--1)}
.whose{font-style:normal;border-bottom:1px dotted var(--soft)}
.byline{color:var(--soft);font-size:var(--step--1)}
.probability{display:inline-grid;gap:.1rem}.reading{font-size:var(--step--1);color:var(--soft)}
time,.days,.bracket{white-space:nowrap}
.labels{display:flex;flex-wrap:wrap;gap:.35rem;margin:.5rem 0 0}
.band{display:block;margin-left:-6px}
.axis{stroke:var(--edge);stroke-opacity:.55}.band-range{fill:var(--accent);fill-opacity:.35}.band-mid{fill:var(--accent)}
.dot-yes{fill:var(--yes);stroke:var(--yes);stroke-width:2}.dot-no{fill:var(--paper);stroke:var(--no);stroke-width:2}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--soft);font-size:var(--step--1);padding-bottom:.4rem}
th{text-align:left;font-size:var(--step--1);font-weight:600;color:var(--soft);padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--ink);vertical-align:bottom}
tbody th{color:var(--ink);border-bottom-color:var(--line);vertical-align:top;font-weight:600;padding-top:.9rem;padding-bottom:.9rem}td form{margin:-.5rem 0}
td{padding:.9rem .9rem .9rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td.num,th.num{text-align:right}
th:last-child,td:last-child{padding-right:0}
.rows td:first-child{min-width:7.8rem}.rows td.main{width:56%}.rows td.when{min-width:7.5rem}.rows td.reads{min-width:9rem}
.scroll{overflow-x:auto;max-width:100%;position:relative}
.rows .words{font-size:1.13rem;line-height:1.4}
.rows .ours{color:var(--soft);font-size:var(--step--1);margin:.3rem 0 0}
.rows .ours a{color:var(--ink)}
.rows .said{text-decoration:none;color:var(--ink)}.rows .said:hover{text-decoration:underline;text-decoration-thickness:.06em}
.rows .struck .words{text-decoration:line-through}
.rows .tight{font-size:var(--step--1)}
.rows .zone{display:block}
.chips{display:flex;flex-wrap:wrap;gap:.4rem;margin:.5rem 0 1.4rem;padding:0;list-style:none}
.chip{display:inline-flex;align-items:center;gap:.35rem;border:1px solid var(--line);border-radius:1.4rem;padding:.2rem .75rem;min-height:2rem;font-size:var(--step--1);color:var(--ink);text-decoration:none;max-width:100%}
.chip:hover{border-color:var(--accent)}
.chip .n{color:var(--soft)}
.chip[aria-current]{background:var(--ink);color:var(--paper);border-color:var(--ink)}.chip[aria-current] .n{color:inherit}
.split{display:grid;grid-template-columns:14.5rem minmax(0,1fr);gap:2.8rem}
.ledger .results{order:2}.ledger .facets{order:1}.to-filters{display:none}
.facets h2{font:600 var(--step--1)/1.3 var(--sans);color:var(--soft);margin:0}
.facets summary{min-height:2.75rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:1.2rem;margin:1.4rem 0}
.card{background:var(--sheet);border:1px solid var(--line);border-radius:var(--radius);padding:1.2rem 1.3rem}
main>.card{max-width:52rem}h1+.card{margin-top:1.2rem}.card>:first-child{margin-top:0}.card>:last-child{margin-bottom:0}
.card.due{border-left:.22rem solid var(--due)}.card.quiet{background:var(--wash);border-color:transparent}
.card-title{font:600 var(--step--1)/1.3 var(--sans);color:var(--soft)}
.big{font:600 var(--step-4)/1 var(--serif);letter-spacing:-.02em;margin:.5rem 0;display:flex;flex-wrap:wrap;align-items:baseline;gap:.3rem .8rem}.big small{font-size:var(--step-1);color:var(--soft);letter-spacing:0}.big .label{letter-spacing:0}
.withheld{border-left:.2rem solid var(--line);padding-left:.8rem;color:var(--soft)}
.layer{border-top:1px solid var(--line);padding:1.6rem 0 1.2rem;margin-top:1.6rem}
.layer h2{font:600 var(--step-0)/1.3 var(--sans);margin:0 0 .5rem;display:flex;align-items:center;gap:.6rem}
.number{display:inline-grid;place-items:center;width:1.7rem;height:1.7rem;border-radius:50%;background:var(--ink);color:var(--paper);font:600 var(--step--1)/1 var(--sans)}
dl.facts{display:grid;grid-template-columns:minmax(7rem,max-content) minmax(0,1fr);gap:.35rem 1.4rem;margin:.8rem 0}
dl.facts dt{color:var(--soft);font-size:var(--step--1);padding-top:.12rem}dl.facts dd{margin:0;max-width:var(--measure)}dl.facts dd>p,dl.facts dd>ul{margin:0}dl.facts summary{margin:-.6rem 0}
.steps{display:flex;flex-wrap:wrap;align-items:baseline;gap:.3rem .8rem;font-family:var(--serif);font-size:var(--step-1);margin:.8rem 0}
.steps b{font-size:var(--step-2)}.steps .arrow{color:var(--soft)}
.first-sight{max-width:52rem;margin:0 0 2.4rem}
.first-sight h2{font-size:var(--step-1);margin:0}
.tasks{display:grid;gap:1.2rem;margin:1.2rem 0;max-width:52rem}
.task h2,.task h3{margin:.2rem 0;font-size:var(--step-1)}
.task-head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2rem 1.2rem;max-width:none;margin:0 0 .4rem}
.proposal{border-left:.2rem solid var(--line);padding-left:1rem;margin:1rem 0}
.proposal p,.proposal ul{margin:.4rem 0}
.task .desk{border-top:1px solid var(--line);margin-top:1rem;padding-top:.3rem}.desk p{margin:.3rem 0;font-size:var(--step--1)}.desk .note{white-space:pre-line}
.route{padding:1rem 0;border-bottom:1px solid var(--line)}
.route h3{font:400 var(--step-0)/1.4 var(--sans)}
.pages{display:flex;gap:1rem;margin-top:1.4rem}
@media (max-width:60rem){.split{grid-template-columns:minmax(0,1fr);gap:1rem}.ledger .facets{order:3;margin-top:1.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}.to-filters{display:block;margin:0}}
@media (max-width:40rem){
table.rows thead{display:none}table.rows,table.rows tbody{display:block}
table.rows tr{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.45rem 1rem;padding:1.1rem 0;border-bottom:1px solid var(--line)}
table.rows td{border:0;padding:0;display:block}table.rows td.main{grid-column:1/-1;order:2}table.rows td.reads{order:3;grid-column:1/-1}table.rows td.when{order:4;grid-column:1/-1;min-width:0}table.rows td.when::before{content:"Deadline ";color:var(--soft)}table.rows td.main{width:auto}
.rows .zone{display:inline}
dl.facts{grid-template-columns:minmax(0,1fr);gap:0}.rows td:first-child{min-width:0}dl.facts dd{margin-bottom:.7rem}
.said-large{font-size:1.3rem}
}
`
