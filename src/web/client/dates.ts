import { dateShown, typedDay } from '../../core/typed-date.ts'

/** What a date is read as while it is typed, beside its field. */
export function startDates(): void {
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset.date === undefined) return
    const shown = document.getElementById(`${target.id}-read`)
    if (shown === null) return
    const typed = target.value.trim()
    const read = typedDay(typed)
    const isCoarse = target.dataset.date === 'dated' || !/\d{4}|\d\W+\w+\W+\d/u.test(typed)
    const words =
      'day' in read
        ? `= ${dateShown(read.day)}`
        : typed === '' || isCoarse
          ? ''
          : `“${typed}” ${read.problem}`
    shown.textContent = words === `= ${typed}` ? '' : words
  })
}
