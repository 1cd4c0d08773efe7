/** Where a page offers to have its entries checked: the button, and the module that does it once it is pressed. */
export function startCheck(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-check]')) {
    const place = document.getElementById(button.getAttribute('aria-controls') ?? '')
    if (place === null) continue
    button.classList.add('ready')
    button.addEventListener('click', async () => {
      button.disabled = true
      place.textContent = 'Checking…'
      try {
        const { check } = (await import(button.dataset.check ?? '')) as typeof import('./check.ts')
        await check(place, JSON.parse(button.dataset.entries ?? '[]'))
      } catch {
        place.textContent = 'It could not be checked: the program for it did not arrive.'
      }
      button.disabled = false
    })
  }
}
