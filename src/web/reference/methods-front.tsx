import type { Section } from './methods-rule.tsx'

/** What the front page shows, and by which rules. */
export const FRONT: Section = {
  id: 'front',
  title: 'What the front page shows',
  rules: [
    {
      name: 'The figure over all',
      text: 'Claims of everybody that were logged live, are decided and past their deadline, each person’s first on a question; how many came true, and how many their words and numbers promised. By which way everything else is left out stands beneath it. Below 20 such claims nothing is said over all: one claim is shown from the words to what happened, the last that was decided and could have gone otherwise.',
    },
    {
      name: 'Findings',
      text: 'Of all whose own page says that something differs, those who are named by Benjamini and Hochberg at 10 % over the smallest adjusted p-value of each page; the surest is shown. Beside it one whose word can be taken, where there is one: that of most claims. Never more that differ than there are, and never one from a record that was logged with hindsight.',
      ours: true,
    },
    {
      name: 'The biggest surprise',
      text: 'Among stated numbers that were logged live, one in each direction: the lowest that was given to what happened, and the highest that was given to what did not. The second is of somebody else wherever anybody else has one; of equal ones the later said. Both are shown or none.',
      ours: true,
    },
    {
      name: 'One interview, just decided, what is next',
      text: 'The source last logged of those that were read from end to end, with five passages or more and something decided. The six questions decided last, each with the claim that was made first. Every question without an outcome, at its deadline.',
    },
    {
      name: 'The words of everybody',
      text: 'As the words of one person, over the first statements of all, allowing for all phrases there; what was said in one interview, or about one development, counts as one group, whoever said it.',
    },
  ],
}
