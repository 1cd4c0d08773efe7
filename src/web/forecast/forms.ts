import { replyForms } from './reply.tsx'
import { replyLinkForms } from './reply-links.tsx'
import { verifyForm } from './verify.tsx'

export { replyLinkPage, takeLinkedReply } from './reply-link.tsx'

export const forms = [...replyForms, ...replyLinkForms, verifyForm]
