const STEPS = ['text', 'mark', 'check', 'logged'] as const
export type StepName = (typeof STEPS)[number]

const WORDS: Record<StepName, string> = { text: 'Text', mark: 'Mark', check: 'Check', logged: 'Logged' }

export type StepBarProps = {
  at: StepName
  /** The way back to steps that can be gone back to. */
  back?: Partial<Record<StepName, string>>
  /** What the first two are called where no text is at hand. */
  words?: Partial<Record<StepName, string>>
  /** Steps that this way does not have. */
  without?: readonly StepName[]
}

/** Where one is between a text and the ledger: text, mark, check, logged. */
export const StepBar = ({ at, back = {}, words = {}, without = [] }: StepBarProps) => {
  const steps = STEPS.filter((step) => !without.includes(step))
  return (
    <nav aria-label="Steps">
      <ol class="step-bar">
        {steps.map((step, i) => (
          <li
            class={i < steps.indexOf(at) ? 'done' : undefined}
            aria-current={step === at ? 'step' : undefined}
          >
            {back[step] === undefined ? (
              (words[step] ?? WORDS[step])
            ) : (
              <a href={back[step]}>{words[step] ?? WORDS[step]}</a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
