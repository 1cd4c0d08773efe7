/** Elements, the frame of the page, and what all pages share. */
export const base = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:var(--step-0)/1.55 var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:break-word}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:.06em}
a.plain{color:inherit;text-decoration-color:transparent}
a.plain:hover,a.plain:focus-visible{text-decoration-color:currentColor}
:focus-visible{outline:.16rem solid var(--accent);outline-offset:.14rem;border-radius:.1rem}
main:focus{outline:none}
h1,h2,h3{font-family:var(--serif);line-height:1.2;font-weight:600;margin:0;text-wrap:balance}
h1{font-size:var(--step-3);letter-spacing:-.012em;max-width:44ch}
h2{font-size:var(--step-2);margin-top:2.8rem}
h3{font-size:var(--step-1)}
p{margin:.7rem 0;max-width:var(--measure)}
.intro,blockquote,td.main,.event,.passage{text-wrap:pretty}
ul+h3,p+h3{margin-top:1.8rem}
sub{line-height:0}
ul,ol{max-width:var(--measure);padding-left:1.3rem}
hr{border:0;border-top:1px solid var(--line);margin:2rem 0}
.small code{white-space:nowrap}
code,pre{font-family:ui-monospace,"SF Mono","Liberation Mono",monospace;font-size:.9em}
pre{overflow:auto;background:var(--wash);padding:.8rem 1rem;border-radius:var(--radius)}
.page{max-width:74rem;margin:0 auto;padding:0 clamp(1rem,3vw,2rem) 3rem}
.banner{background:var(--due-wash);color:var(--ink);border-bottom:2px solid var(--due);text-align:center;font-weight:600;padding:.5rem 1rem}
.skip{position:absolute;left:-99rem;top:0;background:var(--ink);color:var(--paper);padding:.6rem 1rem;z-index:2}
.skip:focus{left:1rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.top{display:flex;flex-wrap:wrap;align-items:center;gap:.2rem 1.6rem;padding:.7rem 0 .6rem;border-bottom:1px solid var(--line);margin-bottom:2.4rem}
.top .name{font:700 var(--step-1)/1 var(--serif);letter-spacing:-.01em;color:var(--ink);text-decoration:none;padding:.75rem 0}
.top nav{display:flex;flex-wrap:wrap;gap:0 1.3rem}
.top nav a{color:var(--soft);text-decoration:none;min-height:2.75rem;display:flex;align-items:center;gap:.4rem;box-shadow:inset 0 0 transparent}
.top nav a:hover{color:var(--ink)}
.top nav a[aria-current]{color:var(--ink);box-shadow:inset 0 -.14rem var(--accent)}
.top search{margin-left:auto}
.count{background:var(--due);color:var(--paper);border-radius:1rem;padding:0 .5rem;font-size:var(--step--1);line-height:1.5}
.foot{margin-top:4rem;padding-top:1rem;border-top:1px solid var(--line);font-size:var(--step--1);color:var(--soft);display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2rem 2rem}
.foot p,.foot form{margin:.2rem 0;max-width:none}
.crumbs{font-size:var(--step--1);color:var(--soft);margin:0 0 .5rem}
.lead{font:400 var(--step-2)/1.35 var(--serif);max-width:40ch;margin:.7rem 0 1.3rem;text-wrap:pretty}
.intro{color:var(--soft);margin:.8rem 0 1.6rem}
.soft{color:var(--soft)}.small{font-size:var(--step--1)}.tight{margin:.2rem 0}
.wide{max-width:none}.nowrap{white-space:nowrap}
@media (max-width:40rem){
h1{font-size:1.75rem}h2{font-size:1.35rem;margin-top:2.2rem}.lead{font-size:1.3rem}
.top{margin-bottom:1.6rem;gap:0 1.2rem}.top search{margin:.1rem 0 .4rem;width:100%}.top input{width:100%}
.top nav{gap:0 .65rem;order:3;width:100%;font-size:.88rem}.top nav a{gap:.25rem}
}
`
