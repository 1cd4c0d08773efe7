import * as paths from '../../http/paths.ts'
import type { PairLine, Pairs } from '../../scoring/analysts-document.ts'
import { pointingSentence } from '../../scoring/pair-sentences.ts'
import { Titled } from '../ui/link.tsx'
import { counted } from '../ui/number.ts'
import { sentenceText } from '../ui/record-words.ts'

const MOST = 20
/** More that only point to somebody say nothing one by one. */
const MOST_POINTING = 3

type Props = { pairs: Pairs; people: readonly { id: string; name: string }[] }

/** What may be said of pairs, in the sentences that the comparison has. */
export function ToldApart({ pairs: { tested, told_apart, points_to }, people }: Props) {
  const all = (people.length * (people.length - 1)) / 2
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  if (tested === 0)
    return (
      <p class="withheld">
        Nobody: no two of them have ten decided questions in common, from enough independent interviews. It is
        not known who is better.
      </p>
    )
  const rest = tested - told_apart.length
  return (
    <>
      <Lines lines={told_apart} nameOf={nameOf} />
      <p>
        {told_apart.length === 0
          ? `Nobody, of ${counted(tested, 'pair')} with ten decided questions or more in common.`
          : rest === 0
            ? ''
            : `${counted(rest, 'more pair')} with ten decided questions or more in common cannot be told apart.`}{' '}
        {all === tested
          ? ''
          : `${counted(all - tested, 'pair')} ${all - tested === 1 ? 'has' : 'have'} too little in common to be compared at all.`}{' '}
        That two cannot be told apart does not mean that they are equal.
      </p>
      {points_to.length > MOST_POINTING ? (
        <p>{pointingSentence(points_to.length, tested)}</p>
      ) : (
        <Lines lines={points_to} nameOf={nameOf} />
      )}
    </>
  )
}

type LinesProps = { lines: readonly PairLine[]; nameOf: ReadonlyMap<string, string> }

const Lines = ({ lines, nameOf }: LinesProps) =>
  lines.length === 0 ? null : (
    <>
      <ul class="pairs">
        {lines.slice(0, MOST).map(({ a, b, sentence }) => (
          <li>
            <Titled href={paths.comparison(a, b)}>{`${nameOf.get(a)} and ${nameOf.get(b)}`}</Titled>{' '}
            <span class="under">{sentenceText(sentence)}</span>
          </li>
        ))}
      </ul>
      {lines.length > MOST ? (
        <p class="small">
          The first {MOST} of {lines.length.toLocaleString('en')}; more are in{' '}
          <a href={paths.api.analysts()}>the JSON</a>.
        </p>
      ) : null}
    </>
  )
