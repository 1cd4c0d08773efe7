import type { RemarkKind } from '../grammar/language.ts'

export const REMARKS: readonly RemarkKind[] = [
  { reason: 'rhetorical', says: 'asks without wanting an answer', pattern: /\?["'”’)]*$/u },
  {
    reason: 'motive',
    says: 'says what somebody needs or wants',
    pattern:
      /\b(?:definitely|certainly|clearly|obviously|really|absolutely) (?:(?:does|do) not |doesn't |don't )?(?:needs?|wants?)\b/iu,
  },
  {
    reason: 'present_state',
    says: 'judges the present, however strongly',
    pattern:
      /\b(?:is|are) (?:now |still )?(?:definitely|certainly|clearly|obviously|absolutely|by no means) (?:not |the |a )|\b(?:has|have) to rely\b|\bnow (?:has|have) no\b|\bis (?:dragging on|on \S+ side)\b|\bis ready to\b/iu,
  },
  {
    reason: 'normative',
    says: 'says what ought to be',
    pattern: /\b(?:should|must|ought to)\b/iu,
  },
]
