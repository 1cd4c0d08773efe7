const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(last, at + 1),
  ArrowLeft: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, last) => last,
}

/** A chart is one stop of the tab key; the arrows go from mark to mark inside it. */
export function startMarks(): void {
  document.addEventListener('keydown', (event) => {
    const step = STEPS[event.key]
    if (step === undefined || !(event.target instanceof SVGElement)) return
    const marks = [...(event.target.closest('svg')?.querySelectorAll<SVGElement>('a[tabindex]') ?? [])]
    const at = marks.indexOf(event.target)
    const next = marks[step(at, marks.length - 1)]
    if (at === -1 || next === undefined) return
    event.preventDefault()
    event.target.setAttribute('tabindex', '-1')
    next.setAttribute('tabindex', '0')
    next.focus()
  })
}
