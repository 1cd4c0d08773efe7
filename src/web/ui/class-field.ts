import { CLASS_WORDS, correctionClasses } from '../../core/correction.ts'
import type { Spec } from './field.tsx'

/** Of which class an amendment is: one of three, and none of them is chosen already. */
export const CLASS_FIELD: Spec = {
  label: 'What it is',
  radio: true,
  options: correctionClasses.map((name): [string, string] => [
    name,
    `${CLASS_WORDS[name].name}. ${CLASS_WORDS[name].means}`,
  ]),
  hint: 'It stands under Corrections with its reason, and for some days on top of the page.',
}
