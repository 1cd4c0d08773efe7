import {
  type CorrectionFilter,
  correctionFigures,
  correctionPolicies,
  pageOfCorrections,
} from '../corrections.ts'
import type { Database } from '../database.ts'
import { everyMember } from '../members.ts'
import { ask, type PageRequest, together } from '../query.ts'
import { pageOfReports } from '../reports.ts'

/** A page of what was amended. */
export const listCorrections = (db: Database, filter: CorrectionFilter, page: PageRequest) =>
  ask(db, pageOfCorrections(filter, page))

/** The same with how often that was, as the page of corrections shows it. */
export const readCorrections = (db: Database, filter: CorrectionFilter, page: PageRequest) =>
  ask(
    db,
    together({
      corrections: pageOfCorrections(filter, page),
      figures: correctionFigures,
      members: everyMember,
    }),
  )

/** Every version of the policy, with who published it. */
export const readCorrectionPolicy = (db: Database) =>
  ask(db, together({ policies: correctionPolicies, members: everyMember }))

const REPORTS_SHOWN = 50

/** What readers reported and nobody closed yet, with what was amended lately: one of these may mend it. */
export const readReports = (db: Database) =>
  ask(
    db,
    together({
      reports: pageOfReports({ limit: REPORTS_SHOWN }),
      lately: pageOfCorrections({}, { limit: 20 }),
    }),
  )
