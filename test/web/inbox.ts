/** A question whose deadline has passed, and the form that proposes its outcome. */
export const passed = {
  title: 'Rates fall',
  criteria: 'The bank says so.',
  deadline: { date: '2026-11-16', time_zone: 'Europe/Berlin' },
}
export const proposal = {
  '/outcome': 'no',
  '/known_on': '2026-11-17',
  '/evidence/0/url': 'https://bank.example/decision',
  '/evidence/0/says': 'Rates stay.',
  '/evidence/0/accessed': '2026-11-22',
  '/rationale': 'The decision names the old rate.',
}
