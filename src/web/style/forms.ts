/** Fields, buttons and what stands beside them. */
export const forms = `
input,select,textarea,button{font:inherit;color:inherit}
input:not([type=radio],[type=checkbox]),select,textarea{background:var(--sheet);border:1px solid var(--edge);border-radius:var(--radius);padding:.5rem .7rem;min-height:2.75rem;width:100%;max-width:100%}
.top input{min-width:14rem;width:auto;border-color:var(--line)}
.top input::placeholder{color:var(--soft);opacity:1}
textarea{line-height:1.45;resize:vertical}
[aria-invalid]{border-color:var(--due)!important;box-shadow:inset 0 0 0 1px var(--due)}
button,.button{background:var(--accent);color:var(--paper);border:0;border-radius:var(--radius);padding:.55rem 1.1rem;min-height:2.75rem;font-weight:600;cursor:pointer;text-decoration:none;display:inline-flex;align-items:center}
button:hover,.button:hover{filter:brightness(1.1)}
button.quiet,.button.quiet{background:none;color:var(--accent);box-shadow:inset 0 0 0 1px var(--edge)}
button.link{background:none;color:var(--accent);padding:0 .2rem;min-height:1.5rem;font-weight:400;text-decoration:underline;text-underline-offset:.18em}
.field{display:grid;gap:.25rem;margin:1rem 0;max-width:40rem;border:0;padding:0;min-width:0}
.field>label,.field>legend{font-weight:600;font-size:var(--step--1);padding:0}
.field .hint{color:var(--soft);font-size:var(--step--1);margin:0}
.field .problem,.problem{color:var(--due);font-size:var(--step--1);font-weight:600;margin:0}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(13rem,100%),1fr));gap:0 1.2rem;max-width:40rem}
.pair{margin:1rem 0;row-gap:1rem}.pair .field{align-content:start;margin:0}
.capture{max-width:46rem}
.capture:not(:has(select[name=source] option[value=""]:checked)) .if-new-source,
.capture:not(:has(select[name=question] option[value=""]:checked)) .if-new-question,
.manner:not(:has([value=worded]:checked,[value=yes]:checked,[value=no]:checked)) .if-words,
.manner:not(:has([value=worded]:checked)) .if-band,
.manner:not(:has([value=stated]:checked)) .if-stated,
.manner:not(:has([value=range]:checked)) .if-range,
.manner:not(:has([value=options]:checked)) .if-options,
.manner:not(:has([value=interval]:checked)) .if-interval,
.capture:not(:has([value=untestable]:checked)) .if-untestable,
.capture:not(:has([value=duplicate]:checked)) .if-duplicate,
.resolution:not(:has([value=annulled]:checked)) .if-annulled,.resolution:not(:has([value=no]:checked)) .if-no,.resolution:not(:has([value=yes]:checked)) .if-yes{display:none}
.choices{display:flex;flex-wrap:wrap;gap:.3rem .5rem}
.choices label{display:inline-flex;align-items:center;gap:.5rem;min-height:2.75rem;padding:.3rem .75rem;border:1px solid var(--line);border-radius:var(--radius);background:var(--sheet);cursor:pointer}
.choices label:has(:checked){border-color:var(--accent);background:var(--accent-wash)}
.choices label:has(:focus-visible){outline:.16rem solid var(--accent);outline-offset:.12rem}
input[type=radio],input[type=checkbox]{accent-color:var(--accent);width:1.1rem;height:1.1rem;margin:0;flex:none}
.part{border:0;border-top:1px solid var(--line);margin:2rem 0 0;padding:1.2rem 0 0;min-width:0}
.part>legend{font:600 var(--step-1)/1.2 var(--serif);padding:0 .8rem 0 0}
.actions{display:flex;flex-wrap:wrap;gap:.7rem;margin:1.4rem 0 .4rem;align-items:center}
td .actions{margin:0}
summary{cursor:pointer;min-height:2.75rem;display:flex;align-items:center;gap:.5rem;color:var(--accent);font-weight:600;width:fit-content}
summary::before{content:"+";font:400 1.3em/1 var(--sans);width:1rem;text-align:center}
details[open]>summary::before{content:"−"}
summary::-webkit-details-marker{display:none}
.notice{max-width:46rem;border-left:.22rem solid var(--accent);background:var(--accent-wash);padding:.8rem 1.1rem;margin:0 0 1.6rem;border-radius:0 var(--radius) var(--radius) 0}
.notice.bad{border-color:var(--due);background:var(--due-wash)}
.notice p,.notice ul{margin:.2rem 0}
.secret{display:block;background:var(--wash);padding:.8rem 1rem;border-radius:var(--radius);overflow-wrap:anywhere;user-select:all;margin:.6rem 0}
@media (max-width:40rem){.top input{width:100%;min-width:0}.choices label{flex:1 1 auto}}
`
