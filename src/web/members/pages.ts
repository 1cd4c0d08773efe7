import { clockForms } from './clock.tsx'
import { redactionForms } from './redactions.tsx'
import { reminderForms } from './reminders.tsx'
import { settingsForms } from './settings.tsx'
import { signInForms } from './sign-ins.tsx'
import { webhookForms } from './webhooks.tsx'

export { auditPage } from './audit.tsx'
export { clockPage } from './clock.tsx'
export { redactionsPage } from './redactions.tsx'
export { confirmationPage, remindersOffPage, takeReminderLink } from './reminder-link.tsx'
export { remindersPage } from './reminders.tsx'
export { settingsPage } from './settings.tsx'
export { signInsPage } from './sign-ins.tsx'
export { webhooksPage } from './webhooks.tsx'

export const forms = [
  ...settingsForms,
  ...clockForms,
  ...signInForms,
  ...redactionForms,
  ...reminderForms,
  ...webhookForms,
]
