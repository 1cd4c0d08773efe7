import { Chart, type Drawn, Level, Mark, type Numbers, Upright } from './chart.tsx'
import { anchorAt, rounded } from './scale.ts'
import { spaced } from './time-scale.ts'
import {
  type Drawing,
  FIRST,
  type Label,
  type Line,
  NARROW,
  type Shape,
  toldIn,
  voicesGeometry,
  WIDE,
} from './voices-geometry.ts'

/** With more voices their lines would hide each other. */
const MOST_LINES = 14

type Props = Drawn & Shape & { says: string; numbers: Numbers }

/** What everybody said about one question over time, the deadline, and what happened. */
export function Voices({ panels, ticks, lines, known, ...figure }: Props) {
  const at = voicesGeometry({ panels, ticks, lines, known })
  const { place, drawn, bottom } = at
  const all = drawn.reduce((n, { marks }) => n + marks.length, 0)
  const first = drawn.flatMap(({ marks }) => marks)[0]
  return (
    <Chart name="voices" linked height={bottom + 26} {...figure}>
      <TimeAxis at={at} />
      {lines.map((line, i) => (
        <Vertical line={line} x={place(line.at)} bottom={bottom} row={i} />
      ))}
      {drawn.map(({ title, top, grid, marks, edge, outcome, labels, bottom: foot }) => (
        <g>
          {title === null ? null : (
            <text class="row-label dark strong" x="0" y={top - 16}>
              {title}
            </text>
          )}
          {grid.map(({ y, label }) => (
            <g class="grid">
              <line x1={`${FIRST - 2}%`} x2="100%" y1={y} y2={y} />
              <text x="0" y={y + 4}>
                {label}
              </text>
            </g>
          ))}
          {all > MOST_LINES ? null : marks.map((mark) => <Step mark={mark} end={place(mark.voice.until)} />)}
          {edge === null || outcome === null || known === null ? null : (
            <Outcome from={place(known)} y={edge} text={outcome.text} isLow={edge > (top + foot) / 2} />
          )}
          {marks.map((mark) => (
            <Mark
              href={mark.voice.href}
              says={mark.voice.says}
              first={mark === first}
              class={`mark-of ${mark.voice.look}`}
            >
              <Said mark={mark} />
            </Mark>
          ))}
          {(['wide', 'narrow'] as const).map((which) => (
            <g class={`${which}-labels`}>
              {labels[which].map((label) => (
                <Name {...label} />
              ))}
            </g>
          ))}
        </g>
      ))}
    </Chart>
  )
}

/** A name, and paper under it so that no line goes through. */
const Name = ({ text, x, off, y, anchor, long }: Label) => (
  <>
    <rect
      class="paper"
      x={`${x}%`}
      transform={`translate(${rounded(anchor === 'start' ? off - 2 : off - long - 2)} 0)`}
      y={rounded(y - 7)}
      width={rounded(long + 4)}
      height={14}
    />
    <text class="dark" x={`${x}%`} dx={rounded(off)} y={rounded(y + 4)} text-anchor={anchor}>
      {text}
    </text>
  </>
)

const TimeAxis = ({ at: { ticks, place, bottom } }: { at: ReturnType<typeof voicesGeometry> }) => (
  <>
    {(['wide', 'narrow'] as const).map((which) => (
      <g class={`${which}-labels grid`}>
        {spaced(ticks, place, which === 'wide' ? WIDE : NARROW).map(({ value, label }) => (
          <text
            x={`${place(value)}%`}
            y={bottom + 22}
            text-anchor={label.length > 6 ? anchorAt(place(value)) : 'middle'}
          >
            {label}
          </text>
        ))}
      </g>
    ))}
  </>
)

/** The deadline or today, through all panels; their names one above the other. */
const Vertical = ({ line, x, bottom, row }: { line: Line; x: number; bottom: number; row: number }) => (
  <g class={`upright ${line.kind}`}>
    <Upright x={x} y1={row * 14 + 4} y2={bottom} />
    <text
      class="dark"
      x={`${x}%`}
      dx={x > 50 ? -5 : 5}
      y={row * 14 + 10}
      text-anchor={x > 50 ? 'end' : 'start'}
    >
      {line.text}
    </text>
  </g>
)

/** As long as it stood, and where it went then. */
const Step = ({ mark, end }: { mark: Drawing; end: number }) => (
  <g class={`step ${mark.voice.look}`}>
    {end <= mark.x ? null : <Level class="stood" from={mark.x} to={end} y={mark.middle} />}
    {mark.next === null ? null : <Upright class="stood" x={end} y1={mark.middle} y2={mark.next} />}
  </g>
)

/** From when one could know, the end of the scale at which it lies. */
const Outcome = ({ from, y, text, isLow }: { from: number; y: number; text: string; isLow: boolean }) => (
  <g class="outcome">
    <line x1={`${from}%`} x2="100%" y1={y} y2={y} />
    {(['wide', 'narrow'] as const).map((which) => (
      <text
        class={`dark strong ${which}-labels`}
        x={from > 50 ? '100%' : `${from}%`}
        y={isLow ? y - 5 : y + 16}
        text-anchor={from > 50 ? 'end' : 'start'}
      >
        {toldIn(text, which === 'wide' ? WIDE : NARROW)}
      </text>
    ))}
  </g>
)

/** A number is a dot; words are a bar as far as readers hear them, with a line in the middle. */
function Said({ mark: { voice, x, off, span, top, middle, bottom } }: { mark: Drawing }) {
  const aside = (by: number) => `translate(${by} 0)`
  return (
    <>
      {span < 0.8 ? null : <Level class="said-between" from={x - span} to={x} y={middle} />}
      {voice.low === voice.high ? (
        <circle cx={`${x}%`} transform={aside(off)} cy={middle} r={5.5} />
      ) : (
        <>
          <rect
            class="said-bar"
            x={`${x}%`}
            transform={aside(off - 4.5)}
            y={top + 6}
            width={9}
            height={Math.max(2, bottom - top - 12)}
            rx={3}
          />
          {voice.mid === null ? null : (
            <rect
              class="said-mid"
              x={`${x}%`}
              transform={aside(off - 7)}
              y={middle - 1}
              width={14}
              height={2}
            />
          )}
        </>
      )}
    </>
  )
}
