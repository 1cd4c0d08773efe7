import { tell } from './post.ts'

const MOST_BYTES = 5 * 1024 * 1024

/** A file that is dropped anywhere on the form is chosen and sent; without script the field takes it. */
export function startDrop(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-drop]')
  const field = form?.querySelector<HTMLInputElement>('input[type=file]')
  if (form === null || field === null || field === undefined) return
  const over = (is: boolean) => form.classList.toggle('over', is)
  form.addEventListener('dragover', (event) => {
    event.preventDefault()
    over(true)
  })
  form.addEventListener('dragleave', () => over(false))
  form.addEventListener('drop', (event) => {
    event.preventDefault()
    over(false)
    const files = event.dataTransfer?.files
    if (files === undefined || files.length === 0) return
    field.files = files
    form.requestSubmit()
  })
  form.addEventListener('submit', (event) => {
    const bytes = [...(field.files ?? [])].reduce((sum, { size }) => sum + size, 0)
    if (bytes <= MOST_BYTES) return tell('Reading the file …')
    event.preventDefault()
    tell(
      'Not sent: here a file has at most 5 MiB. A larger one is for POST /api/import or the command.',
      true,
    )
  })
}
