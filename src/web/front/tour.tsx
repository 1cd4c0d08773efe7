import { may } from '../../core/member.ts'
import * as paths from '../../http/paths.ts'
import type { PageContext } from '../ui/page.ts'
import { Step } from './example.tsx'

/** An empty ledger: what it will hold, in four steps of an invented example, and what to do first. */
export const Tour = ({ context: { viewer } }: { context: PageContext }) => (
  <>
    <p class="sub">This ledger is empty. What it will hold, on an example that is made up:</p>
    <ol class="four-steps tour">
      <Step n={1} title="What was said">
        <p>
          <span class="label">example</span> <q>I am almost certain that the bridge opens this year.</q>
        </p>
        <p class="small soft">The words as they stand in the source, with who said them, where and when.</p>
      </Step>
      <Step n={2} title="Our question">
        <p>
          <span class="label">example</span> The bridge is open to traffic. Almost certain: readers hear 90 to
          99&nbsp;%.
        </p>
        <p class="small soft">An event that one can look up, and what readers hear in the words.</p>
      </Step>
      <Step n={3} title="When one can tell">
        <p>
          <span class="label">example</span> 31 December
        </p>
        <p class="small soft">On the day after, the question stands under To decide.</p>
      </Step>
      <Step n={4} title="What happened">
        <p>
          <span class="label">example</span> It did not open. The claim did not come true.
        </p>
        <p class="small soft">A person decides, with dated evidence, and the track record changes with it.</p>
      </Step>
    </ol>
    <h2>What to do first</h2>
    {viewer === null ? (
      <p>
        <a class="button" href={paths.signIn({ next: paths.captures() })}>
          Sign in to log a forecast
        </a>
      </p>
    ) : may(viewer.role, 'recorder') ? (
      <p>
        <a class="button" href={paths.captures()}>
          Log what a text says
        </a>
      </p>
    ) : (
      <p>Whoever may log forecasts here can begin with the first interview.</p>
    )}
    <p class="soft">
      Or write files into <code>predictions/</code> and run <code>npx reckon import</code>; a program can{' '}
      <a href={paths.apiReference()}>post to the API</a>. <a href={paths.methods()}>How claims are counted</a>
    </p>
  </>
)
