/** Every key there is, for the dialog in the browser and for the page that says the same without script. */
export const keyMap: readonly { title: string; keys: readonly (readonly [keys: string, does: string])[] }[] =
  [
    {
      title: 'On every page',
      keys: [
        ['/', 'search'],
        ['Ctrl K', 'go to a person, a question, a source or a page (on a Mac ⌘ K)'],
        ['j', 'next entry of a list'],
        ['k', 'the entry before'],
        ['Enter', 'open it'],
        ['g l', 'go to the ledger'],
        ['g d', 'go to what is due'],
        ['g c', 'go to capture'],
        ['?', 'this list'],
      ],
    },
    {
      title: 'In a chart of squares, at one of them',
      keys: [
        ['→', 'the next'],
        ['←', 'the one before'],
        ['Enter', 'open it'],
      ],
    },
    {
      title: 'In due, on the question you are at',
      keys: [
        ['y', 'yes, it happened'],
        ['n', 'no, it did not'],
        ['a', 'annulled'],
        ['x', 'ambiguous'],
      ],
    },
    {
      title: 'In capture',
      keys: [
        ['n', 'next mark'],
        ['m', 'mark a passage by its words'],
        ['f', 'forecast'],
        ['u', 'untestable'],
        ['d', 'duplicate'],
      ],
    },
    {
      title: 'In coding a text, with words of it selected',
      keys: [
        ['n', 'a forecast with a number'],
        ['w', 'one with words of probability'],
        ['f', 'a flat one'],
        ['v', 'too vague'],
        ['o', 'no forecast'],
      ],
    },
  ]
