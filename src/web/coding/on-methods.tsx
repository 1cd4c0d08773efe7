import * as paths from '../../http/paths.ts'
import type { LedgerAgreement } from '../../store/documents/coding.ts'
import { counted } from '../ui/number.ts'
import { AgreementTable, outcomeAgreementText } from './agreement.tsx'

/** On `/methods`: how far two coders agree in this ledger, or that it is not known. */
export const MeasuredAgreement = ({ agreement, outcome, not_blind }: LedgerAgreement) => (
  <>
    <h3 id="measured-agreement">Agreement in this ledger</h3>
    {agreement.rounds === 0 ? (
      <p>
        Not measured{outcome.units === 0 ? '' : ' of readings'}: no text was coded by two before anybody
        else’s reading of it was in the ledger. Until one is, no figure here says how much of a record hangs
        on who coded it.
      </p>
    ) : (
      <>
        <p>
          Of {counted(agreement.rounds, 'text')} that two members coded, blind to each other, before anybody
          else’s reading of it was in the ledger.
        </p>
        <AgreementTable agreement={agreement} outcome={outcome} />
      </>
    )}
    {agreement.rounds === 0 ? (
      outcome.units === 0 ? (
        <p>{outcomeAgreementText(outcome)}</p>
      ) : (
        <AgreementTable outcome={outcome} />
      )
    ) : null}
    <p class="small soft">
      {not_blind === 0
        ? ''
        : `${counted(not_blind, 'round')} ${not_blind === 1 ? 'is' : 'are'} left out, because claims of the text were in the ledger before. `}
      <a href={paths.codings()}>Every round</a>, <a href={paths.codebook()}>the codebook</a>,{' '}
      <a href={paths.api.outcomes()}>every outcome that was decided twice</a>,{' '}
      <a href={paths.api.agreement()}>the figures as JSON</a>.
    </p>
  </>
)
