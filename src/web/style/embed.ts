/** What is framed in other people's pages. */
export const embed = `
.embed{display:flex;flex-direction:column;min-height:100vh}
.embed main{flex:1;padding:1.2rem 1.4rem;border:1px solid var(--line);border-radius:var(--radius);background:var(--paper)}
.embed .lead{margin-top:.4rem}.embed .standing{margin:.9rem 0}
.embed .said-large{margin-top:0;font-size:1.3rem}
`
