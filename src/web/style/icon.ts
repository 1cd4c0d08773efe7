/** A ring that is half filled: an outcome proposed, not yet confirmed. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="12" fill="none" stroke="#0f5f5c" stroke-width="4"/><path d="M16 4a12 12 0 0 1 0 24z" fill="#0f5f5c"/></svg>`
