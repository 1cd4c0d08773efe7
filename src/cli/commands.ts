import { accountAdd, accountList, accountRemove } from './account.ts'
import { anchorCommand } from './anchor.ts'
import { archive } from './archive.ts'
import { audit } from './audit.ts'
import { backup } from './backup.ts'
import { check } from './check.ts'
import { clockAccept, clockCorrect, clockStatus } from './clock.ts'
import { codingAdjudicate, codingCodebook, codingList, codingOpen, codingShow } from './coding.ts'
import type { Command } from './command.ts'
import { compareCommand } from './compare.ts'
import { corrections, correctionsPolicy } from './corrections.ts'
import { demo } from './demo.ts'
import { draft } from './draft.ts'
import { due } from './due.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { logExport, logNewKey, logRotateKey } from './log.ts'
import { mcpCommand } from './mcp.ts'
import { memberAdd, memberList, memberReinstate, memberRole, memberSignOut, memberSuspend } from './member.ts'
import { migrateCommand } from './migrate.ts'
import { policy } from './policy.ts'
import { read } from './read.ts'
import { rebuildCommand } from './rebuild.ts'
import { recheck } from './recheck.ts'
import { redactCommand } from './redact.ts'
import { referenceAdd, referenceChoose, referenceList, referenceWithdraw } from './reference.ts'
import { release } from './release.ts'
import { remindersSend, remindersSet, remindersShow } from './reminders.ts'
import { replyLink } from './reply-link.ts'
import { reportClose, reportList } from './report.ts'
import { resolve } from './resolve.ts'
import { serveCommand } from './serve.ts'
import { sessionEnd, sessionList } from './session.ts'
import { signIn } from './sign-in.ts'
import { surveyList, surveyNew, surveyRead } from './survey.ts'
import { tokenCreate, tokenList, tokenRevoke } from './token.ts'
import { trackRecord } from './track-record.ts'
import { transcript } from './transcript.ts'
import { verify } from './verify.ts'
import {
  webhookAdd,
  webhookList,
  webhookRemove,
  webhookResume,
  webhookRotate,
  webhookTest,
} from './webhook.ts'
import { witnessCommand } from './witness.ts'

/** Every command there is, in the order of the help. */
export const commands: readonly Command[] = [
  serveCommand,
  mcpCommand,
  demo,
  due,
  resolve,
  referenceAdd,
  referenceList,
  referenceChoose,
  referenceWithdraw,
  replyLink,
  corrections,
  correctionsPolicy,
  reportList,
  reportClose,
  codingOpen,
  codingList,
  codingShow,
  codingAdjudicate,
  codingCodebook,
  trackRecord,
  compareCommand,
  read,
  check,
  transcript,
  draft,
  importCommand,
  exportCommand,
  release,
  verify,
  logExport,
  logNewKey,
  logRotateKey,
  anchorCommand,
  witnessCommand,
  recheck,
  archive,
  backup,
  migrateCommand,
  rebuildCommand,
  redactCommand,
  signIn,
  memberAdd,
  memberList,
  memberRole,
  memberSuspend,
  memberReinstate,
  memberSignOut,
  sessionList,
  sessionEnd,
  accountAdd,
  accountList,
  accountRemove,
  tokenCreate,
  tokenList,
  tokenRevoke,
  policy,
  audit,
  remindersShow,
  remindersSet,
  remindersSend,
  webhookAdd,
  webhookList,
  webhookTest,
  webhookRotate,
  webhookResume,
  webhookRemove,
  surveyNew,
  surveyRead,
  surveyList,
  clockStatus,
  clockAccept,
  clockCorrect,
]
