import { doi, type Section } from './methods-rule.tsx'
import { SIMULATED } from './simulated.ts'

/** What no formula says by itself: what is estimated, what could be seen, and how often it is wrong. */
export const MEANING: Section = {
  id: 'meaning',
  title: 'What a figure says, and what it does not',
  rules: [
    {
      name: 'What is estimated',
      text: 'The mean score of this analyst’s first statements over interviews like those that were read, with the questions drawn anew. It is no verdict on what was never logged, and none on what the analyst thinks. A comparison of two analysts is about the questions that both answered, and about no others.',
    },
    {
      name: 'How the record came about',
      text: 'Every source says what it is, whether it was read from end to end or statements were picked from it, and why. Every entry keeps who made it and when, and so whether the outcome was known by then. A record says how many of its sources were read from end to end. Which sources were never opened, no ledger can know: choosing them is a larger source of error than chance is, and no range covers it.',
    },
    {
      name: 'Would somebody else log the same?',
      text: 'Two members code one text, each without seeing the other’s coding; a third, without seeing the names, records a joint reading. The kind of a passage is compared as a name; what one marked and the other left is no forecast in the reading of the other. The band is compared by its middle (raw: within 5 points in 100), the deadline by its day: raw agreement of all pairs, and from 30 units Krippendorff’s α with its range. Outcomes (yes, no, ambiguous, annulled) are compared as names, of the questions that two members decided on their own before any was proposed; which ones is up to the members. How far readings go with what the coders themselves believe is told beside it. What this ledger has measured stands below.',
      formula: 'α = 1 − D_o / D_e',
      reference: doi('Hayes & Krippendorff 2007', '10.1080/19312450709336664'),
      golden: ['14_l_agreement'],
    },
    {
      name: 'What moves together',
      text: 'What was said in one interview, and what was asked about one development (a family), is taken to stand and fall together. Which questions are one family is a judgement, made by whoever writes them. If a finding hangs on it, publish the finding without families as well. Groups are taken to be independent of each other, or to be decided one after another.',
      ours: true,
    },
    {
      name: 'What a record of this size can show',
      text: `Little, when it is short. Of somebody who says 90 % where 80 in 100 come true, the test of claims falls below .05 in ${SIMULATED.claims_of_20} of 100 records of 20 claims, each made alone, and in ${SIMULATED.claims_of_50} of 100 records of 50; the sentence on top says so in ${SIMULATED.lead_of_20} and ${SIMULATED.lead_of_50}. A page names the smallest shortfall that its record would have shown 4 times in 5, where there is one.`,
      formula:
        's = the smallest of .05, .10, … with P(p-value < .05, when every claim comes true s less often) ≥ .8',
      ours: true,
      reference: 'The power of the exact test of claims, below.',
      golden: ['14_e_records'],
    },
    {
      name: 'False alarms',
      text: `The sentence on top says of at most 5 in 100 analysts whose probabilities are right that something differs, at one reading; in everything simulated it was at most ${SIMULATED.lead}. So among 100 such analysts about as many pages say so by chance. Whoever reads a growing record again and again sees more: read after every fifth decision from 10 to 100, up to ${SIMULATED.ever} in 100 said so at some time. What holds however often one looks is the monitor: at most 1 in 20 whose probabilities are right would ever raise its alarm; simulated, at most ${SIMULATED.monitor} in 100.`,
    },
    {
      name: 'Many comparisons',
      text: 'The more is compared, the more differs by chance. What is tested on the page of an analyst is corrected together, after Holm, and so are all pairs of a ledger. Whose alarm the list of analysts names, and whose finding the API does, is chosen so that of those named at most 1 in 10 is expected to be there by chance.',
      formula:
        'Holm: p of rank k, times what is left to test, never falling; a list: the largest k with p_k ≤ .1·k/m, or E_k ≥ m/(.1·k)',
      reference: (
        <>
          Holm 1979, Scandinavian Journal of Statistics 6, 65–70.{' '}
          {doi('Benjamini & Hochberg 1995', '10.1111/j.2517-6161.1995.tb02031.x')}.{' '}
          {doi('For the alarms: Wang & Ramdas 2022', '10.1111/rssb.12489')}
        </>
      ),
      golden: ['14_f_words', '14_j_bounds'],
    },
    {
      name: '“Cannot be told” is not “equal”',
      text: 'It says that this record is too short to tell. A longer one may tell, and in either direction. Only the sentence “her word can be taken, to within 10 points in 100” says that something fits, and it has a test of its own.',
    },
    {
      name: 'Whose words they are',
      text: 'A band is what readers of English, asked in surveys, heard in a phrase. What the analyst meant by it nobody measured. So a claim in words is first held against the reading kindest to the analyst, and “less often than readers expect” is said of the words, not of anybody’s intentions. Where a newsroom asked its own readers, in their language, the bands are theirs.',
    },
    {
      name: 'A fit is not skill',
      text: 'Whoever says 50 % of every coin is right, and knows nothing. That probabilities fit what happened is no sign of knowing more than others: the comparison with a reference is, where one was recorded in advance. Easy questions flatter everybody.',
    },
    {
      name: 'A rule chose the sentence',
      text: 'Nobody writes the sentence on top of a record. The rule below picks it, the same for everybody, and it stands on the page, on the card, in what is embedded, in the answer of the API and in that of the command.',
    },
    {
      name: 'How often the range is right',
      text: `In everything simulated the range of the mean, where it is shown, held the truth in at least ${SIMULATED.covered} of 100 records: analysts who are right and who are wrong, each statement alone, in twos and fives, uneven, up to 60 in 100 in one interview, interviews crossed with families, from 5 to 100 statements. Short records are on the careful side. The simulations are part of the program (npm run simulate): seeded, so that everybody finds these figures, and failing where one leaves its bound. Not simulated: analysts who share sources, selection that nobody noticed, wrong readings and outcomes, ranges of numbers and dates.`,
    },
  ],
}
