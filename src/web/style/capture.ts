/** A text with its marks: the article left, a card per mark on the right; stacked where it is narrow. */
export const capture = `
.reader{display:grid;grid-template-columns:minmax(0,1fr) minmax(19rem,26rem);gap:2.6rem;align-items:start}
.reader-text{min-width:0}.reader-cards{display:grid;gap:.8rem;min-width:0}
.reader h1{font-size:var(--step-2)}
.article{font:400 1.16rem/1.65 var(--serif);max-width:60ch;margin:2rem 0;overflow-wrap:anywhere}
.hl{color:inherit;text-decoration:none;border-radius:.15rem;padding:.08em 0;border-bottom:.14rem solid transparent}
.hl.forecast{background:var(--accent-wash);border-bottom-color:var(--accent)}
.hl.duplicate{background:var(--accent-wash);border-bottom:.14rem double var(--accent)}
.hl.untestable{background:var(--wash);border-bottom-color:var(--edge)}
.hl.suggested{border-bottom:.14rem dotted var(--accent)}
.hl:hover{filter:brightness(.97)}
:target.card,.hl.now{outline:.16rem solid var(--accent);outline-offset:.14rem}
.card,.hl{scroll-margin:5rem}
.reader-cards .card{padding:.9rem 1.1rem}
.reader-cards .card.suggested{border-style:dotted;border-color:var(--edge)}
.reader-cards .card.forecast{border-left:.22rem solid var(--accent)}
.reader-cards .card.untestable{border-left:.22rem solid var(--edge)}
.reader-cards .card.duplicate{border-left:.22rem double var(--accent)}
.capture-card>summary{width:auto;color:var(--ink);font-weight:400;align-items:start;padding:.3rem 0}
.capture-card>summary .card-title{display:block}
.capture-card .actions button,.suggested .actions button,.similar button{padding:.3rem .65rem;font-size:var(--step--1)}
.in-text{display:inline-flex;align-items:center;min-height:2.75rem;padding:0 .4rem}
.suggested .actions button:not(.quiet){background:var(--accent-wash);color:var(--accent);box-shadow:inset 0 0 0 .1rem var(--accent)}
.suggested .actions{margin:.6rem 0 0;gap:.4rem}
.reader .field{margin:.8rem 0}.reader .pair{margin:.8rem 0}
.checks ul,.similar ul{margin:.3rem 0;padding-left:1.1rem}.checks li{color:var(--soft)}
.vague label{display:flex;gap:.6rem;align-items:center;min-height:2.75rem}
.of-text:not(:has([value=selected]:checked)) .if-selected{display:none}
.of-text{border-bottom:1px solid var(--line);padding-bottom:.6rem}
.by-words h2{font-size:var(--step-1);margin-top:1rem}
.reader-cards .pair{grid-template-columns:repeat(auto-fit,minmax(min(9rem,100%),1fr))}
.capture-card .ours{display:block}
.capture-card textarea{field-sizing:content;min-height:4.6rem;max-height:24rem}
.begin textarea{min-height:13rem}
.unfinished{list-style:none;padding:0}.unfinished li{padding:.7rem 0;border-bottom:1px solid var(--line)}
.unfinished a{min-height:2.75rem;display:inline-flex;align-items:center}
.status.bad{color:var(--due);font-weight:600}
.picker{position:fixed;left:0;right:0;bottom:0;z-index:3;background:var(--sheet);border-top:1px solid var(--edge);padding:.7rem clamp(1rem,3vw,2rem);display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
.picker[hidden]{display:none}.picker q{flex:1 1 12rem;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
@media (min-width:60.01rem){.in-text{display:none}.reader-text{position:sticky;top:1rem;max-height:calc(100vh - 2rem);overflow-y:auto;padding:.2rem .4rem .2rem .2rem}}
@media (max-width:40rem){.picker q{flex-basis:100%}.picker button{flex:1 1 auto;justify-content:center;padding:.55rem .4rem}}
@media (max-width:60rem){.reader{grid-template-columns:minmax(0,1fr);gap:1rem}}
`
