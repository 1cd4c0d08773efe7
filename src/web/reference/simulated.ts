/**
 * What the whole of `npm run simulate` found, which fails where it finds something else: shares of records in 100, of
 * several cases the worst.
 */
export const SIMULATED = {
  /** Ranges of a mean that held the truth. */
  covered: 94.4,
  /** Pages that said that something differs, of analysts whose probabilities are right: at one reading, and ever. */
  lead: 2.3,
  ever: 7.3,
  /** Such records that ever saw an alarm of the monitor. */
  monitor: 2.8,
  /** Analysts who are off by 10 points and are said to fit. */
  fits: 4.8,
  /** Records beyond the printed 95 % value of miscalibration, and rows of dots that leave the grey of 9 in 10. */
  miscalibration: 6.2,
  grey: 12.5,
  /** Ledgers of equals in which any two are told apart, or analysts are said to differ. */
  pairs: 1.2,
  estimates: 4.5,
  /** Of those who say 90 where 80 come true: caught by the test of claims, and by the sentence on top, of 20 and 50. */
  claims_of_20: 19,
  claims_of_50: 55,
  lead_of_20: 9,
  lead_of_50: 30,
}
