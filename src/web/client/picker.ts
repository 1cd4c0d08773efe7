export type Choice = { key: string; label: string; press: () => void }

/** The bar that says what a selection can become; empty where nothing is selected. */
export function picker(choices: readonly Choice[]): { show: (words: string | null) => void } {
  const bar = document.createElement('div')
  bar.className = 'picker'
  bar.hidden = true
  bar.setAttribute('role', 'toolbar')
  bar.setAttribute('aria-label', 'Mark the selected words')
  const quote = document.createElement('q')
  bar.append(quote)
  for (const { key, label, press } of choices) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = label
    button.setAttribute('aria-keyshortcuts', key)
    button.addEventListener('click', press)
    bar.append(button)
  }
  // A press must not take the selection away before it is read.
  bar.addEventListener('pointerdown', (event) => event.preventDefault())
  document.querySelector('main')?.append(bar)
  return {
    show: (words) => {
      bar.hidden = words === null
      quote.textContent = words ?? ''
    },
  }
}
