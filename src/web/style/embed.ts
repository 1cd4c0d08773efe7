/** What is framed in other people's pages. */
export const embed = `
.embed main{padding:1.2rem 1.4rem;border:1px solid var(--line);border-radius:var(--radius);background:var(--paper);min-height:100vh}
.embed .lead{margin-top:.4rem}.embed .standing{margin:.9rem 0}
.embed .said-large{margin-top:0;font-size:1.3rem}
`
