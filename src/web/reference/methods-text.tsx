import type { Child } from 'hono/jsx'
import { unbroken } from '../ui/number.ts'
import { TableHead } from '../ui/table-head.tsx'

type Rule = { name: string; text: Child; formula?: string; ours?: boolean; reference?: Child }
type Section = { id: string; title: string; rules: readonly Rule[] }

const doi = (cite: string, id: string): Child => (
  <>
    {cite}. <a href={`https://doi.org/${encodeURI(id)}`}>doi:{id}</a>
  </>
)

const SECTIONS: readonly Section[] = [
  {
    id: 'logging',
    title: 'What is logged',
    rules: [
      {
        name: 'Claims',
        text: 'Every claim of a source that is coded completely is one of three things: a forecast; a duplicate, when the same claim stands again in the source; or not testable, with the reason: a judgement about the present, a motive, a rhetorical question, what should be, or nothing that could show it right or wrong. All are counted; only forecasts can be scored.',
      },
      {
        name: 'One question once',
        text: 'An analyst’s claims about one question count once, however often they were made. Saying it again changes nothing. A different probability is a revision. What the analyst takes back is withdrawn; what we logged by mistake is retracted, struck through and scored nowhere.',
      },
      {
        name: 'Live, late, afterwards',
        text: 'Live: logged before the day the outcome was known and before the deadline, within 30 days of being said. Late: later than that, but before the outcome was known. Afterwards: once it was known. A record that is less than half live is headed “Logged with hindsight: an illustration”. What is logged afterwards from a source that was not coded completely stays out of every average.',
      },
      {
        name: 'Dates',
        text: 'A coarse date counts as its last day, and the day an outcome was known as its first instant: foresight is never credited. A deadline runs to the end of its day in its own time zone. Where the analyst named none, the date is ours: the latest day of publication and twelve months, exactly.',
        ours: true,
      },
    ],
  },
  {
    id: 'counting',
    title: 'What counts in a score',
    rules: [
      {
        name: 'The one rule',
        text: 'A forecast is scored when it is resolved, not annulled or ambiguous; its deadline has passed; it was said before the outcome was known; it is not too vague; and it was not picked afterwards. One function decides for score, picture, count and export.',
      },
      {
        name: 'Why only past the deadline',
        text: 'A question with a year to run is decided early only when the event happens. A record of early decisions therefore leans yes: forecasts of 30 % that are right look like 100 % at first. So a decision that comes early waits for its deadline.',
      },
      {
        name: 'Annulled and ambiguous',
        text: 'Annulled: the condition never arose, or the event became moot. Ambiguous: the criteria do not decide. Neither is scored, both are counted. Where more than one in ten is ambiguous, the mean is also given with all of them resolved for and against the analyst.',
      },
      {
        name: 'Hard to get wrong',
        text: 'A question that could hardly end otherwise is marked so, with a reason, when it is made. Counts are given with and without such questions.',
      },
      {
        name: 'Disputed',
        text: 'A resolution counts from the moment it is confirmed. A disputed one goes on counting, and says so beside every figure, until it is corrected.',
      },
    ],
  },
  {
    id: 'words',
    title: 'Records in words',
    rules: [
      {
        name: 'Came true as leaned',
        text: 'A claim leans yes when the middle of its band is above 50 %, no when below; at 50 % it is left out. It came true when the event ended that way. Promised is the sum of the low ends and the sum of the high ends, on the side leaned to.',
        formula: 'A = Σ aᵢ;  promised = [Σ lowᵢ, Σ highᵢ];  p = min(1, 2·min(P_low(S ≤ A), P_high(S ≥ A)))',
        ours: true,
        reference: 'The distribution of S is the exact Poisson-binomial, by convolution.',
      },
      {
        name: 'Members of one group move together',
        text: 'Claims made in one interview, or about one development, stand and fall together. For the probability above, each group draws one uniform number, so that its members move together. It needs five groups.',
        formula: 'per group g: Σ 1{U_g ≤ pᵢ}, one uniform U_g;  groups convolved',
        ours: true,
      },
      {
        name: 'The table of words',
        text: 'For every phrase: how often the event happened, against what readers hear. From five uses in three groups: “less often than readers hear” when the upper end of the interval lies below the tenth percentile of readers, “more often” when the lower end lies above the ninetieth, else “cannot be told apart”.',
        formula: 'Wilson interval of k·G/n out of G',
        ours: true,
        reference: doi('Wilson 1927', '10.1080/01621459.1927.10502953'),
      },
      {
        name: 'The score range',
        text: 'Words have no single Brier score. The range runs from the reading of each phrase that suits the record best to the one that suits it least, inside the band of its readers. One phrase means one thing throughout the record.',
        formula: 'best = Σ_k min_{p ∈ [low_k, high_k]} Σ wᵢ(p − yᵢ)²;  worst = the same with max',
        ours: true,
      },
      {
        name: 'Said flatly',
        text: 'A flat “it will happen” is a hit or a miss. Where a number is needed it stands for .91 / .98 / 1, what readers hear; a flat no for 0 / .02 / .09, its mirror, which is assumed and not measured.',
      },
      {
        name: 'Too vague',
        text: 'A phrase whose readers are 40 points or more apart (may, might, could, possibly) cannot be wrong. It is counted, and scored nowhere.',
        ours: true,
      },
    ],
  },
  {
    id: 'scores',
    title: 'Scores of stated probabilities',
    rules: [
      {
        name: 'Brier score',
        text: 'The squared distance between the probability and what happened. 0 is perfect, 1 is worst; always saying 50 % scores .25. Figures of the Good Judgment Project are twice ours.',
        formula: '(p − y)²',
        reference: doi('Brier 1950', '10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2'),
      },
      {
        name: 'Several options, ordered options',
        text: 'For several options half the sum of the squared distances, which is the same for two. For ordered options the ranked probability score, divided by the number of steps.',
        formula: '½ Σ_k (p_k − o_k)²;   Σ_{k<K} (F_k − O_k)² / (K − 1)',
        reference: doi('Epstein 1969', '10.1175/1520-0450(1969)008<0985:ASSFPF>2.0.CO;2'),
      },
      {
        name: 'Numbers and dates',
        text: 'The Brier score averaged over every threshold in the range declared when the question was written. “Not by the deadline” counts up to the deadline.',
        formula: '1/(hi − lo) · ∫ (F(x) − 1{y ≤ x})² dx',
        reference: doi('Gneiting & Raftery 2007', '10.1198/016214506000001437'),
      },
      {
        name: 'Averaged over time',
        text: 'Each probability counts for the share of time it stood, from when the question was open and something had been said until the outcome was known or the deadline passed. Scores are averaged, not probabilities.',
        formula: 'S = Σ_j share_j · S(p_j, y)',
      },
      {
        name: 'The range of the mean',
        text: 'As if one more statement of average confidence had gone the other way. With few forecasts the usual intervals are far too narrow: for somebody who says 90–99 % and is right in 95 of 100 cases they contain the truth 23 times in 100 at five forecasts, and 39 at ten. Simulated with forecasts spread over several interviews, this one contained it at least 93 times in 100; at ten forecasts or fewer it is on the careful side. Where one interview holds most of the forecasts it is too narrow: in six simulations 86 to 95 times in 100 where it held 25 of 50, and 69 to 91 where it held 60 of 100. Computed over sources and over families of questions; the wider one counts.',
        formula: 'm ± t(.975, K−1)·√v,  v = K/(K−1)·Σ (S_g − N_g·m)²/N²,  with one group (n̄·f̄, n̄) added',
        ours: true,
        reference: doi('For the variance over groups: Cameron & Miller 2015', '10.3368/jhr.50.2.317'),
      },
      {
        name: 'Log score',
        text: 'The mean of minus the logarithm of the probability of what happened, kept between .005 and .995; how many were kept there is said.',
        formula: '−ln p_o',
        reference: doi('Good 1952', '10.1111/j.2517-6161.1952.tb00104.x'),
      },
    ],
  },
  {
    id: 'calibration',
    title: 'Are the probabilities right?',
    rules: [
      {
        name: 'The picture',
        text: 'Dots are forecasts pooled where the data ask for it, by isotonic regression, with ties together; a dot’s area is their number. Shaded is where the dots of a forecaster whose probabilities are right would lie in 9 of 10 cases, from 2,000 simulated records. The seed is made from the probabilities, so the same record gives the same band everywhere.',
        reference: doi('Dimitriadis, Gneiting & Jordan 2021', '10.1073/pnas.2016191118'),
      },
      {
        name: 'Miscalibration, discrimination, uncertainty',
        text: 'Three parts of the mean score: how far the probabilities are from what happened; telling yes from no; and how mixed the outcomes were. Miscalibration is never 0 in a short record, so the value usual for somebody whose probabilities are right stands beside it.',
        formula: 'S = MCB − DSC + UNC',
        reference: doi(
          'Murphy 1973; in this form Dimitriadis, Gneiting & Jordan 2021',
          '10.1073/pnas.2016191118',
        ),
      },
      {
        name: 'If the probabilities were right',
        text: 'The score to expect, and how far the actual one is from it. Above 0: overconfident. It is blind to everything stated at 50 %.',
        formula: 'Z = Σ (y − p)(1 − 2p) / √Σ (1 − 2p)² p(1 − p)',
        reference: doi('Spiegelhalter 1986', '10.1002/sim.4780050506'),
      },
      {
        name: 'AUC',
        text: 'How often, of one event that happened and one that did not, the first had the higher probability; ties count half.',
        reference: doi('Hanley & McNeil 1982', '10.1148/radiology.143.1.7063747'),
      },
    ],
  },
  {
    id: 'tiers',
    title: 'What a record can carry',
    rules: [
      {
        name: 'Tiers',
        text: 'n counts scored forecasts, G independent groups: sources, or families of questions, whichever are fewer. A part is shown only from its tier on, and the page says what is missing and why.',
        ours: true,
      },
    ],
  },
  {
    id: 'comparing',
    title: 'Comparing analysts',
    rules: [
      {
        name: 'Two analysts',
        text: 'Only common questions, live and decided. Per question the scores are subtracted; the range of the difference is made as above. With words, it covers every reading of the words. When it contains 0 they cannot be told apart, and the page says so.',
        formula: 'dᵢ = S(aᵢ) − S(bᵢ)',
        ours: true,
      },
      {
        name: 'Many analysts',
        text: 'The mean difference from a recorded reference, or from always saying 50 %, drawn towards the average of all: the less is known of somebody, the more. Mostly luck shows in the first five results; drawn in, they predicted later scores of PredictionBook’s forecasters with half the error. The list is in the order of names.',
        formula: 'post = μ + τ²/(τ² + v)·(d̄ − μ)',
        reference: doi('DerSimonian & Laird 1986', '10.1016/0197-2456(86)90046-2'),
      },
      {
        name: 'Against a reference',
        text: 'Where a market price or a base rate was recorded in advance, evidence against it is multiplied over independent groups. It stays valid however often one looks.',
        reference: doi('Henzi & Ziegel 2022', '10.1093/biomet/asab047'),
      },
    ],
  },
]

const TIERS: readonly [string, string, string, string][] = [
  ['0', '0', '—', 'counts, and the next deadline'],
  ['1', '1', '1', 'the list of forecasts, and what came true; no average, no rank'],
  ['2', '5', '3', 'the mean score with its range, the table of words, the score range'],
  ['3', '20', '10', 'the dots of said against happened, the log score'],
  ['4', '50', '20', 'the curve, miscalibration and its parts, AUC'],
  ['5', '200', '20', 'nothing more'],
]

export const CONTENTS = SECTIONS.map(({ id, title }) => ({ id, title }))

/** The rules, section by section. */
export const Methods = () => (
  <>
    {SECTIONS.map(({ id, title, rules }) => (
      <section>
        <h2 id={id}>{title}</h2>
        {rules.map((rule) => (
          <RuleText rule={rule} />
        ))}
        {id === 'tiers' ? <Tiers /> : null}
      </section>
    ))}
  </>
)

const RuleText = ({ rule: { name, text, formula, ours, reference } }: { rule: Rule }) => (
  <div class="rule">
    <h3>
      {name} {ours ? <span class="label">our own device</span> : null}
    </h3>
    <p>{typeof text === 'string' ? unbroken(text) : text}</p>
    {formula === undefined ? null : (
      <p class="formula">
        <code>{typeset(formula)}</code>
      </p>
    )}
    {reference === undefined ? null : <p class="small soft">{reference}</p>}
  </div>
)

/** `S_g` and `min_{p ∈ [low_k, high_k]}` with what stands below the line. */
function typeset(formula: string): Child {
  const parts = formula.split(/_(\{[^{}]*\}|\p{L}+)/u)
  return parts.map((part, i) => (i % 2 === 0 ? part : <sub>{typeset(part.replaceAll(/[{}]/gu, ''))}</sub>))
}

const FROM = ['n from', 'G from']

const Tiers = () => (
  <section class="scroll" tabindex={0} aria-label="Tiers">
    <table class="numbers stacked">
      <TableHead columns={['Tier', ...FROM, 'Adds']} figures={FROM} />
      <tbody>
        {TIERS.map(([tier, n, clusters, adds]) => (
          <tr>
            <th scope="row">{tier}</th>
            {[n, clusters].map((least, i) => (
              <td class="num" data-name={FROM[i]}>
                {least}
              </td>
            ))}
            <td class="means" data-name="Adds">
              {adds}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
