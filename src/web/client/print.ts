/** What only a script can do is shown only with one. */
export function startPrint(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-print]')) {
    button.classList.add('ready')
    button.addEventListener('click', () => print())
  }
}
