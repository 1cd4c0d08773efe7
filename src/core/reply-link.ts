import * as z from 'zod'
import { prose } from './text.ts'

/** So long a link for a reply works, once. */
export const REPLY_LINK_DAYS = 30
/** So many links for one forecast can wait to be used. */
export const MOST_REPLY_LINKS = 5

/** What the person concerned sends through a link: the reply, and what they ask of the editors alone. */
export const LinkedReply = z.strictObject({ text: prose(2000), correction: prose(2000).optional() })
export type LinkedReply = z.infer<typeof LinkedReply>

export const ReplyRefusal = z.strictObject({ because: prose(2000) })
export type ReplyRefusal = z.infer<typeof ReplyRefusal>
