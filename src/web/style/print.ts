/** On paper: no navigation, nothing to click, no entry torn in two, and where each page of it came from. */
export const print = `
@media print{
@page{margin:16mm 15mm}
.top{border:0;padding:0;margin:0 0 6mm}.top nav,.top search,.foot form,.facets,.skip,.pages,.no-print,.to-filters,form,button,.button,dialog{display:none!important}
body{background:#fff;font-size:10.5pt}.page,main{max-width:none;padding:0}.split{display:block!important}
a{color:inherit;text-decoration:none}
h1{font-size:20pt}h2{font-size:14pt;margin-top:8mm}.lead{font-size:14pt;max-width:none}
h1,h2,h3,caption{break-after:avoid}tr,li,.card,figure,.layer,.claim,.task{break-inside:avoid}thead{display:table-header-group}
p{orphans:3;widows:3}
table.rows td{padding-top:2.2mm;padding-bottom:2.2mm}
table.rows:not(.people){table-layout:fixed}table.rows:not(.people) th:first-child{width:19%}table.rows:not(.people,.common) th:nth-child(n+3){width:21%}
dl.facts summary{display:none}dl.facts details p{margin:0}dl.facts details::details-content{content-visibility:visible;display:block}
.card,.layers .layer{background:none}
.cite:not([open]){display:none}
}
`
