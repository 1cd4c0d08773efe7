import { doi, type Section } from './methods-rule.tsx'

/** Whether what was said is right, and who can be told from whom. */
export const TESTS: readonly Section[] = [
  {
    id: 'sentence',
    title: 'The sentence on top',
    rules: [
      {
        name: 'The rule',
        text: 'The first that holds: nothing is decided · more than half was logged afterwards · fewer than 5 are scored, or in fewer than 3 groups · a phrase or a range of numbers differs from what readers or the analyst expect · the whole does · the monitor does · the tilt does · nothing leans to a side · all fits to within 10 points, and no single test is below .05 · it cannot be told. “Differs” is said where the p-value is below .05 after Holm’s correction for every test on the page: each phrase and range with five uses in five groups, the whole, the tilt, and the monitor.',
        ours: true,
        golden: ['14_g_lead'],
      },
      {
        name: 'The monitor',
        text: 'Evidence against the probabilities that may be looked at after every decision. It asks of 24 ways of being wrong (too sure, not sure enough, expecting too much or too little) how much better each would have told what happened, on the reading of the words that is kindest to the analyst; inside a group it is averaged, over groups multiplied. An alarm at 20 stays, with its day. If the probabilities are right, and groups are independent or decided one after another, at most 1 in 20 ever see it. That it may be looked at in the middle of a group is simulated, not proved.',
        formula:
          'q = expit(a + b·logit mid), r = q kept inside the band;  e = q/r if it happened, (1−q)/(1−r) if not;  E = mean over (a, b) of Π_g mean_{i∈g} e',
        ours: true,
        reference: doi('Ramdas, Grünwald, Vovk & Shafer 2023', '10.1214/23-STS894'),
        golden: ['14_d_monitor'],
      },
      {
        name: 'Tilt',
        text: 'Whether more, or fewer, events happened than the analyst expects to happen. It is blind to errors in both directions.',
        formula: 'Σ y against Σ low to Σ high of yes, tested as what came true',
        ours: true,
        golden: ['14_d_monitor'],
      },
    ],
  },
  {
    id: 'calibration',
    title: 'Are the probabilities right? For statisticians',
    rules: [
      {
        name: 'The picture',
        text: 'Dots are forecasts pooled where the data ask for it, by isotonic regression, with ties together; a dot’s area is their number. Grey is where the whole row of dots of a forecaster whose probabilities are right would lie in 9 of 10 records with the same groups, from 2,000 simulated ones; no dot is judged by itself. The seed is made from the probabilities and groups, so the same record gives the same picture everywhere.',
        formula:
          'the r-th smallest to the r-th largest of B curves, with the largest r that at most B/10 of them leave anywhere',
        ours: true,
        reference: doi('For the dots: Dimitriadis, Gneiting & Jordan 2021', '10.1073/pnas.2016191118'),
        golden: ['02_binary_real', '14_c_calibration'],
      },
      {
        name: 'Records in which the probabilities are right',
        text: 'In each simulated record a group draws one uniform number; a claim is right when it is not above the probability of the side leaned to. What was said in one interview therefore counts as one.',
        formula: 'right iff U_g ≤ max(p, 1 − p)',
        ours: true,
        golden: ['14_c_calibration'],
      },
      {
        name: 'Miscalibration, discrimination, uncertainty',
        text: 'Three parts of the mean score: how far the probabilities are from what happened; telling yes from no; and how mixed the outcomes were. Miscalibration is never 0 in a short record, so the value usual for somebody whose probabilities are right stands beside it.',
        formula: 'S = MCB − DSC + UNC',
        reference: doi(
          'Murphy 1973; in this form Dimitriadis, Gneiting & Jordan 2021',
          '10.1073/pnas.2016191118',
        ),
        golden: ['02_binary_real', '14_c_calibration'],
      },
      {
        name: 'If the probabilities were right',
        text: 'The score to expect, and how far the actual one is from it, allowing for groups. Above 0: surer than right. It is blind to everything stated at 50 %, and no sentence rests on it.',
        formula: 'Z = Σ e / √Σ_g (Σ_{i∈g} |1−2p|·√(p(1−p)))²,  e = (y − p)(1 − 2p)',
        reference: doi('Spiegelhalter 1986, with groups of our own', '10.1002/sim.4780050506'),
        golden: ['02_binary_real', '14_c_calibration'],
      },
      {
        name: 'AUC',
        text: 'How often, of one event that happened and one that did not, the first had the higher probability; ties count half.',
        formula: 'P(p of a yes > p of a no) + ½·P(equal)',
        reference: doi('Hanley & McNeil 1982', '10.1148/radiology.143.1.7063747'),
        golden: ['01_edge_cases_binary', '02_binary_real'],
      },
    ],
  },
  {
    id: 'comparing',
    title: 'Comparing analysts',
    rules: [
      {
        name: 'Two analysts',
        text: 'Only common questions, live and decided, and first statements. Per question the scores are subtracted; the range of the difference is made as above. From 10 common questions two are told apart when p is below .05 after Holm’s correction for all pairs of the ledger that can be tested. One that is below .05 only by itself “points to” somebody: among so many pairs some are to be expected by chance. The list and the page of two read the same verdict. Rules (nothing changes, the base rate, the market) answer every question by what was recorded in advance; they stand in comparisons, and never among people.',
        formula: 'dᵢ = S(aᵢ) − S(bᵢ);  p = 2·P(t_{df} > |m|/√v)',
        ours: true,
        golden: ['06_comparison', '14_h_analysts'],
      },
      {
        name: 'Whether analysts differ at all',
        text: 'Estimates of several are shown only when there are five with 20 statements in 10 groups each, a reference for every question, and two tests both say that more than chance divides them.',
        formula: 'the larger p of Q = Σ (d − d_w)²/v against χ², and of Welch’s F;  shown when < .05',
        reference: (
          <>
            {doi('Cochran 1954', '10.2307/3001666')}. {doi('Welch 1951', '10.1093/biomet/38.3-4.330')}
          </>
        ),
        golden: ['14_h_analysts'],
      },
      {
        name: 'Several analysts',
        text: 'The mean difference from the reference, drawn towards the average of all: the less is known of somebody, the more. How much analysts differ is not known either, and that is inside the range. The list stands in the order of names, of the number of claims or of what can be checked, never in that of scores.',
        formula: 'd_i ~ N(θ_i, v_i), θ_i ~ N(μ, τ²), μ flat, τ half-normal(.05)',
        reference: doi('Gelman 2006', '10.1214/06-BA117A'),
        golden: ['14_h_analysts'],
      },
    ],
  },
  {
    id: 'tiers',
    title: 'What a record can carry',
    rules: [
      {
        name: 'From how many on',
        text: 'A part of a record is shown from so many forecasts of its own, in so many independent groups (interviews, or families of questions, whichever are fewer). Nothing but what came true is given before 5 are scored in 3 groups. What is missing the page names, with the reason.',
        ours: true,
      },
    ],
  },
]
