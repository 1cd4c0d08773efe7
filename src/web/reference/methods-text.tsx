import { doi, type Section } from './methods-rule.tsx'

/** What is logged, what counts, and what is made of it. */
export const TEXT: readonly Section[] = [
  {
    id: 'logging',
    title: 'What is logged',
    rules: [
      {
        name: 'Claims',
        text: 'Every claim of a source that was read from end to end is one of three things: a forecast; a duplicate, when the same claim stands again in the source; or not testable, with the reason: a judgement about the present, a motive, a rhetorical question, what should be, or nothing that could show it right or wrong. All are counted; only forecasts can be scored.',
      },
      {
        name: 'One question once',
        text: 'An analyst’s claims about one question count once, however often they were made. Saying it again changes nothing. A different probability is a change of mind: it is listed, and counted in no score. What the analyst takes back is withdrawn, and what was said first still counts; what we logged by mistake is retracted, struck through and scored nowhere.',
      },
      {
        name: 'Live, late, afterwards',
        text: 'In time: written down before the day the outcome was known and before the deadline, within 30 days of being said; the API calls it live. Late: later than that, but before the outcome was known. Afterwards: once it was known. Where more than half of what is scored was written down afterwards, the record is headed “Logged with hindsight: an illustration”. What is written down afterwards from a source that was not read from end to end stays out of every average.',
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
        name: 'The first statement counts',
        text: 'Of all that an analyst said on a question, the first statement that can be scored gives the probability, the words and the source to every figure. What was said later would count for more the longer the question stays open, and an event that is to come “by a date” ends its question early only by happening: a rule that averages over time, or takes the last statement, rewards whoever overstates. Nobody gains by saying something else than what he thinks only if the weight of a statement is fixed when it is made, and the first is the only one of which that is so whatever follows.',
        ours: true,
      },
      {
        name: 'How somebody changes their mind',
        text: 'Stands apart, and is in no score: on the questions on which the analyst said something else later, the mean score of the first statements beside that of the first change. Later statements know more, so some gain is to be expected. A withdrawal scores .25. From 10 such questions in 5 groups the difference has its range. For programs that restate at every moment there is the score over the planned window, from what was said first to the deadline as it was planned; it is on no page.',
        formula:
          'gain = 1/(deadline − start) · ∫ (p_{first} − y)² − (p(t) − y)² dt, until the outcome was known',
        ours: true,
        golden: ['14_a_window'],
      },
      {
        name: 'Annulled, ambiguous, undecided',
        text: 'Annulled: the condition never arose, or the event became moot. Ambiguous: the criteria do not decide. Neither is scored, both are counted. What is overdue, proposed, ambiguous, or was picked afterwards might have gone either way: between which two figures the score would lie, with all of it decided for the analyst and with all of it against, stands below the score whenever there is any.',
        formula: '(Σ Sᵢ + Σ_u min(p², (1−p)²)) / (n + u)  to  (Σ Sᵢ + Σ_u max(p², (1−p)²)) / (n + u)',
        ours: true,
        golden: ['14_j_bounds'],
      },
      {
        name: 'What can be checked',
        text: 'Of all passages in sources that were read from end to end: which came true, did not, are open, too vague, not testable, without a result, or said twice. The share that can be checked is of all but the last, and is given from 20 passages in 3 sources.',
        formula: 'Wilson interval of k·G/n out of G sources',
        ours: true,
        reference: doi('Wilson 1927', '10.1080/01621459.1927.10502953'),
        golden: ['03_proportion_intervals'],
      },
      {
        name: 'Hard to get wrong',
        text: 'A question that could hardly end otherwise is marked so, with a reason, when it is made. Counts are given with and without such questions.',
      },
      {
        name: 'Disputed',
        text: 'A resolution counts from the moment it is confirmed. For a set time, 48 hours unless the ledger says otherwise, it is open to objection, and only after that it is called final. A disputed one goes on counting, and says so beside every figure, until it is corrected.',
      },
    ],
  },
  {
    id: 'words',
    title: 'What came true',
    rules: [
      {
        name: 'Came true as leaned',
        text: 'A claim leans yes when the middle of its band is above 50 %, no when below; at 50 % it is left out. It came true when the event ended that way. How many were to be expected depends on what the words mean: the kindest reading is the end of the readers’ band that comes nearest to what happened, the usual one is its middle. Both stand on the page. How likely a gap as large would be is given as an upper bound, in words: “in at most 4 of 1,000 such records”.',
        formula:
          'A = Σ aᵢ;  to be expected Σ lowᵢ to Σ highᵢ;  p = min(1, 2·min(P_low(S ≤ A), P_high(S ≥ A)))',
        ours: true,
        reference: doi('For the exact distribution of S: Hong 2013', '10.1016/j.csda.2012.10.006'),
        golden: ['10_null_calibrated', '14_e_records'],
      },
      {
        name: 'Members of one group move together',
        text: 'For all such probabilities each group draws one uniform number, so that its members move together as much as they can. It needs five groups. With interviews and families the larger p-value counts.',
        formula: 'per group g: Σ 1{U_g ≤ pᵢ}, one uniform U_g;  groups convolved',
        ours: true,
        golden: ['14_e_records'],
      },
      {
        name: 'Records like this one',
        text: 'The hills show how many would come true in records with the same claims and the same groups, if the probabilities were right: on the kindest reading, and behind it on the usual one. At least nine of ten such records end inside the range of chance.',
        formula:
          'kindest: the band’s low end if A ≤ Σ low, its high end if A ≥ Σ high, else the reading between that expects exactly A',
        ours: true,
        golden: ['14_e_records'],
      },
      {
        name: 'To within 10 points',
        text: 'That a record fits is a claim of its own, and must be shown: with at least ten groups, that more came true than if every claim were 10 points in 100 too bold, and fewer than if every one were 10 points too timid. An analyst who is off by exactly 10 points is said to fit in at most 5 of 100 records.',
        formula: 'P(S ≥ A at mid − .1) < .05 and P(S ≤ A at mid + .1) < .05',
        ours: true,
        reference: doi('Two one-sided tests: Schuirmann 1987', '10.1007/BF01068419'),
        golden: ['14_e_records'],
      },
      {
        name: 'Phrases and numbers, counted',
        text: 'For every phrase, and every range of numbers: in how many of its uses the event happened, as squares in a frame of what readers of the phrase expect (of numbers: where nine of ten records end). What ends outside the frame is coloured and named only when the test says so, corrected for everything that was tested on the page: from five uses in five groups.',
        formula: 'frame n·q₁₀ to n·q₉₀;  p = min(1, 2·min(P_{low}(S ≤ k), P_{high}(S ≥ k)))',
        ours: true,
        golden: ['14_f_words'],
      },
      {
        name: 'What a phrase turned out to mean',
        text: 'How often it happens when this analyst says so: what readers hear and what happened, put together. Half of the weight beforehand lies where the readers’ answers lie, half everywhere, so that an analyst who means something else is not hidden by them.',
        formula: '½·Beta(a, b) with 10 % below q₁₀ and above q₉₀ + ½·Beta(1, 1);  data k·G/n of G',
        ours: true,
        golden: ['14_f_words'],
      },
      {
        name: 'The score range',
        text: 'Words have no single Brier score. The range runs from the reading of each phrase that suits the record best to the one that suits it least, inside the band of its readers. One phrase means one thing throughout the record.',
        formula: 'best = Σ_k min_{p ∈ [low_k, high_k]} Σ (p − yᵢ)²;  worst = the same with max',
        ours: true,
        golden: ['11_verbal_range'],
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
    title: 'Scores',
    rules: [
      {
        name: 'Brier score',
        text: 'The squared distance between the probability and what happened. 0 is perfect, 1 is worst; always saying 50 % scores .25. Figures of the Good Judgment Project are twice ours.',
        formula: '(p − y)²',
        golden: ['01_edge_cases_binary', '02_binary_real'],
        reference: doi('Brier 1950', '10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2'),
      },
      {
        name: 'Several options, ordered options',
        text: 'For several options half the sum of the squared distances, which is the same for two. For ordered options the ranked probability score, divided by the number of steps.',
        formula: '½ Σ_k (p_k − o_k)²;   Σ_{k<K} (F_k − O_k)² / (K − 1)',
        golden: ['04_multicategory_ordered'],
        reference: doi('Epstein 1969', '10.1175/1520-0450(1969)008<0985:ASSFPF>2.0.CO;2'),
      },
      {
        name: 'Numbers and dates',
        text: 'The Brier score averaged over every threshold in the range declared when the question was written. “Not by the deadline” counts up to the deadline.',
        formula: '1/(hi − lo) · ∫ (F(x) − 1{y ≤ x})² dx',
        golden: ['05_quantile_interval_numeric'],
        reference: doi('Gneiting & Raftery 2007', '10.1198/016214506000001437'),
      },
      {
        name: 'Knowing only the range',
        text: 'A score of numbers or dates stands beside what somebody would score who knows the declared range and nothing else; a score of options beside that of equal chances. And of the intervals that were called so many per cent sure, the page counts how many held the truth.',
        formula:
          '(u³ + (1 − u)³)/3, u = (y − lo)/(hi − lo);  not by the deadline c: ((c − lo)/(hi − lo))²/3;  options (1 − 1/K)/2',
        ours: true,
        golden: ['14_i_reference'],
      },
      {
        name: 'The range of the mean',
        text: 'How far the mean moves when one group is left out, for each group; as if one more statement of average confidence had gone the other way. So a long interview counts for no more than it tells: with sizes as uneven as they are, the groups count as many of one size. The mean and its range are shown from 5 forecasts in 3 groups, counting as 2.5 or more; computed over interviews and over families, and the wider one counts. Better or worse than always saying 50 % it is called only where the whole range is on one side of .25.',
        formula:
          'm ± t(.975, df)·√v,  v = (K−1)/K·Σ ((S_g − N_g·m)/(N − N_g))²,  df = min(K−1, max(1, N²/Σ N_g² − 1)),  with one group (n̄·f̄, n̄) added',
        ours: true,
        reference: doi(
          'For the variance over groups: MacKinnon, Nielsen & Webb 2023',
          '10.1016/j.jeconom.2022.04.001',
        ),
        golden: ['02_binary_real', '14_b_range'],
      },
      {
        name: 'Against a reference',
        text: 'A base rate, the price of a market, a crowd, or that nothing changes: a probability of the question, recorded before the outcome was known. What always giving it would have scored stands beside the analyst’s score, on the same questions; the difference has its range, from 10 questions in 5 groups. What is recorded afterwards is marked as hindsight and is in no figure. Without references nothing tells skill from easy questions.',
        formula: 'dᵢ = S(pᵢ) − S(rᵢ)',
        ours: true,
        golden: ['06_comparison'],
      },
      {
        name: 'Log score',
        text: 'The mean of minus the logarithm of the probability of what happened, kept between .005 and .995; how many were kept there is said.',
        formula: '−ln p_o',
        reference: doi('Good 1952', '10.1111/j.2517-6161.1952.tb00104.x'),
        golden: ['01_edge_cases_binary', '02_binary_real'],
      },
    ],
  },
]
