const LIGHT = `--paper:#fdfcf8;--sheet:#fff;--ink:#1d1c1a;--soft:#5e5a52;--line:#e4dfd3;--edge:#8c867a;--wash:#f4f1e8;
--accent:#0f5f5c;--accent-wash:#e3f0ee;--yes:#1f5fa8;--no:#a14e08;--void:#6b665e;--due:#a3230f;--due-wash:#fbeae5;`
const DARK = `--paper:#161614;--sheet:#1d1d1a;--ink:#ece8de;--soft:#a8a296;--line:#36342e;--edge:#7d776b;--wash:#242320;
--accent:#6cc4bd;--accent-wash:#19312f;--yes:#7fb2ee;--no:#e59a57;--void:#a09a90;--due:#f08a75;--due-wash:#3a211b;`

/** Colours, type and measures; everything else is made of them. */
export const tokens = `
:root{color-scheme:light dark;${LIGHT}
--serif:Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI","Liberation Sans",sans-serif;
--step--1:.86rem;--step-0:1rem;--step-1:1.25rem;--step-2:1.6rem;--step-3:2.3rem;--step-4:3.2rem;
--gap:1rem;--measure:66ch;--radius:.35rem}
@media (prefers-color-scheme:dark){:root{${DARK}}}
@media print{:root{color-scheme:light;${LIGHT}--paper:#fff}}
`
