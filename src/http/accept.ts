/** Whether an `Accept` header admits a media type. */
export function isAcceptable(accept: string | undefined | null, media: string): boolean {
  if (accept === undefined || accept === null || accept.trim() === '') return true
  const admitted = ['*/*', `${media.split('/')[0]}/*`, media]
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    return admitted.includes(type) && !parameters.some((parameter) => /^q=0(\.0*)?$/u.test(parameter))
  })
}
