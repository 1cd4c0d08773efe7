import { addDays, addMonthsTo } from '../core/calendar.ts'
import {
  comingDay,
  comingMonth,
  comingSeason,
  type Day,
  firstOf,
  lastOf,
  MONTH,
  monthOf,
  NUMBER,
  numberOf,
  plus,
  quarterOf,
  SEASON,
  season,
  UNIT,
  yearOf,
} from './calendar-span.ts'

type Groups = Record<string, string | undefined>
type Span = { from: Day | null; to: Day | null; rule: string; asks?: string }
type Rule = { readonly pattern: RegExp; readonly read: (groups: Groups, published: Day) => Span | null }

/** A span of which nothing is left after publication speaks of the past. */
function ahead(span: Span | null, published: Day): Span | null {
  if (!span) return null
  if (span.to !== null && span.to < published) return null
  const from = span.from !== null && span.from < published ? published : span.from
  return { ...span, from }
}

const rule = (source: string, read: Rule['read']): Rule => ({
  pattern: new RegExp(`(?<![\\p{L}\\p{N}-])(?:${source})(?![\\p{L}\\p{N}])`, 'giu'),
  read: (groups, published) => ahead(read(groups, published), published),
})

const BY = 'by|before|until|till|no later than|not later than|up to'
const BY_THE_END = '(?:by|before|until|till|at|towards?|through) (?:the )?(?:very )?end of'
/** Windows for words that name no number, in days or months; ours. */
const FEW: Readonly<Record<string, readonly [number, string]>> = {
  day: [14, 'days'],
  week: [8, 'weeks'],
  month: [6, 'months'],
  year: [5, 'years'],
  decade: [30, 'years'],
}

const ORDINALS: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4, last: 4 }
const UP_TO = /^(?:by|before|until|till|no|not|up|through)/

const EVENT =
  'elections?|vote|polls?|referendum|summit|inauguration|ceasefire|truce|war|conference|congress|summer recess|season|tournament|trial|treaty|deal|handover|budget|census|world cup|olympics|midterms'

/** Of two that overlap the longer wins, then the earlier rule. */
export const RULES: readonly Rule[] = [
  rule(`(?:(?:${BY}|on|from) )?(?<y>\\d{4})-(?<m>\\d{2})-(?<d>\\d{2})`, ({ y, m, d }, published) => {
    const last = lastOf(Number(y), Number(m))
    if (Number(m) < 1 || Number(m) > 12 || Number(d) < 1 || Number(d) > Number(last.slice(8))) return null
    return { from: published, to: `${y}-${m}-${d}`, rule: 'the day named' }
  }),
  rule(
    `(?<by>${BY}|on|from)? ?(?:the )?(?:(?<day>\\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<month>${MONTH})|(?<month2>${MONTH}) (?<day2>\\d{1,2})(?:st|nd|rd|th)?(?!\\d))(?:,? (?<year>\\d{4}))?`,
    (groups, published) => {
      const month = groups.month ?? groups.month2
      if (!/^\p{Lu}/u.test(month ?? '')) return null
      const date = comingDay(month ?? '', groups.day ?? groups.day2, groups.year, published)
      if (!date) return null
      const before = groups.by?.toLowerCase() === 'before'
      if (/^(by|until|till|no|not|up)/i.test(groups.by ?? '') || before) {
        return before
          ? { from: published, to: addDays(date, -1), rule: 'the day before the day named' }
          : { from: published, to: date, rule: 'up to the day named, inclusive' }
      }
      return { from: date, to: date, rule: 'the day named' }
    },
  ),
  rule(
    `(?:${BY}|within|in|over|during|for|at) (?:the )?(?:next|coming|following) (?<number>${NUMBER}) (?<unit>${UNIT})|(?:within|inside|in under|in less than) (?:the space of )?(?<number2>${NUMBER}) ?-?(?<unit2>${UNIT})|in (?:about |around |roughly |some )?(?<number3>${NUMBER})(?: or (?:so|more|[a-z]+))? (?<unit3>${UNIT})(?:' time| from now)?|(?<number4>${NUMBER}) (?<unit4>${UNIT}) (?:from now|hence)|over the (?<number5>${NUMBER}) (?<unit5>${UNIT}) ahead`,
    (groups, published) => {
      const number = groups.number ?? groups.number2 ?? groups.number3 ?? groups.number4 ?? groups.number5
      const unit = groups.unit ?? groups.unit2 ?? groups.unit3 ?? groups.unit4 ?? groups.unit5
      if (!number || !unit) return null
      return {
        from: published,
        to: plus(published, numberOf(number), unit),
        rule: `${number} ${unit} after publication`,
      }
    },
  ),
  rule(`(?:within|inside) the (?<unit>week|month|year|decade)`, ({ unit = '' }, published) => ({
    from: published,
    to: plus(published, 1, unit),
    rule: `one ${unit} after publication`,
    asks: `Within the calendar ${unit}, or within one ${unit} from now? The latter is proposed.`,
  })),
  rule(
    `(?:by|before|in|within|over|during|for|at) the (?:next few|coming few|coming|next several|next couple of|near|nearest) (?<unit>days|weeks|months|years|decades)|in (?:a few|several|the next few) (?<unit2>days|weeks|months|years|decades)|(?:within|in) (?<unit3>days|weeks|months|years|decades)(?: to come)?(?! (?:of|past|gone))|(?:for )?(?<unit4>weeks|months|years|decades) to come`,
    (groups, published) => {
      const unit = groups.unit ?? groups.unit2 ?? groups.unit3 ?? groups.unit4 ?? ''
      const [count, measure] = FEW[unit.toLowerCase().replace(/s$/, '')] ?? [6, 'months']
      return {
        from: published,
        to: plus(published, count, measure),
        rule: `a vague span: read as up to ${count} ${measure} after publication`,
      }
    },
  ),
  rule(
    `(?:in|during|over|within|later|for) (?:the )?(?:next|coming) (?<unit>week|month|quarter|year|decade)|next (?<unit2>week|month|quarter|year|decade)|(?<by>by|before|until) (?:the )?(?<end>end of )?next (?<unit3>week|month|quarter|year|decade)`,
    (groups, published) => {
      const unit = (groups.unit ?? groups.unit2 ?? groups.unit3 ?? '').toLowerCase()
      const year = yearOf(published)
      if (groups.by?.toLowerCase() === 'before' && !groups.end) {
        const ends: Readonly<Record<string, Day>> = {
          month: lastOf(year, monthOf(published)),
          year: lastOf(year, 12),
          decade: lastOf(Math.floor(year / 10) * 10 + 9, 12),
        }
        const to = ends[unit]
        return to ? { from: published, to, rule: `the day before the next ${unit} begins` } : null
      }
      if (unit === 'week') {
        // Weeks run from Monday.
        const weekday = (new Date(`${published}T00:00:00Z`).getUTCDay() + 6) % 7
        const from = addDays(published, 7 - weekday)
        return { from, to: addDays(from, 6), rule: 'the week after the week of publication' }
      }
      if (unit === 'month') {
        const from = addMonthsTo(firstOf(year, monthOf(published)), 1)
        return {
          from,
          to: addDays(addMonthsTo(from, 1), -1),
          rule: 'the month after the month of publication',
        }
      }
      if (unit === 'quarter') {
        const from = addMonthsTo(firstOf(year, Math.floor((monthOf(published) - 1) / 3) * 3 + 1), 3)
        return {
          from,
          to: addDays(addMonthsTo(from, 3), -1),
          rule: 'the calendar quarter after that of publication',
        }
      }
      if (unit === 'decade') {
        const from = Math.floor(year / 10) * 10 + 10
        return {
          from: firstOf(from, 1),
          to: lastOf(from + 9, 12),
          rule: 'the decade after that of publication',
        }
      }
      return {
        from: firstOf(year + 1, 1),
        to: lastOf(year + 1, 12),
        rule: 'the calendar year after publication',
      }
    },
  ),
  rule(
    `(?:(?:${BY_THE_END}|in|during|within|by|before|later|over|for|all|through|throughout) )?(?<which>this|the current|the present) (?<unit>week|month|quarter|year|decade|century)|(?:${BY_THE_END}) (?:the )?(?<unit2>week|month|quarter|year|decade|century)(?! (?:of|\\d{4}|before))|by (?<unit3>year|month|week|decade)(?:'s |-| )end|before the (?<unit4>week|month|quarter|year|decade|century) is (?:out|over)|(?:later|for the rest of) (?:this|the) (?<unit5>week|month|quarter|year|decade)`,
    (groups, published) => {
      const unit = (
        groups.unit ??
        groups.unit2 ??
        groups.unit3 ??
        groups.unit4 ??
        groups.unit5 ??
        ''
      ).toLowerCase()
      const year = yearOf(published)
      const month = monthOf(published)
      const weekday = (new Date(`${published}T00:00:00Z`).getUTCDay() + 6) % 7
      const ends: Readonly<Record<string, Day>> = {
        week: addDays(published, 6 - weekday),
        month: lastOf(year, month),
        quarter: lastOf(year, Math.ceil(month / 3) * 3),
        year: lastOf(year, 12),
        decade: lastOf(Math.floor(year / 10) * 10 + 9, 12),
        century: lastOf(Math.ceil(year / 100) * 100, 12),
      }
      return {
        from: published,
        to: ends[unit] ?? lastOf(year, 12),
        rule: `the end of the ${unit} of publication`,
      }
    },
  ),
  rule(
    `(?:(?<by>${BY}|${BY_THE_END}|in|during|this|next|the coming|over the|through) )?(?:the )?(?:(?<part>early|mid|late|middle of|end of|beginning of|start of|first half of|second half of)[- ]?)?(?:the )?(?<month>January|February|March|April|June|July|August|September|October|November|December|(?<=(?:by|in|before|until|of|mid-|early|late|next|this|till) )May|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\\.)(?: (?:of )?(?<year>\\d{4}))?`,
    (groups, published) => {
      const by = (groups.by ?? '').toLowerCase()
      const part = (groups.part ?? '').toLowerCase()
      // "to march", "the March summit": a month needs its capital and something that makes it a time.
      if (!/^\p{Lu}/u.test(groups.month ?? '') || !(by || part || groups.year)) return null
      // "Before May", said in May, means the next one.
      const since =
        by === 'before' && !part ? addMonthsTo(firstOf(yearOf(published), monthOf(published)), 1) : published
      const { from, to } = comingMonth(groups.month ?? '', groups.year, since)
      const start = UP_TO.test(by) ? published : from
      if (/^before$/.test(by) && !/end/.test(part)) {
        return { from: published, to: addDays(from, -1), rule: 'the day before that month begins' }
      }
      if (/early|beginning|start/.test(part)) {
        return { from: start, to: `${from.slice(0, 8)}10`, rule: 'the first ten days of the month' }
      }
      if (/mid|first half/.test(part))
        return { from: start, to: `${from.slice(0, 8)}20`, rule: 'up to the 20th of the month' }
      if (/^by$|until|till|later|up to/.test(by) && part === '') {
        return { from: published, to, rule: 'up to the end of the month named' }
      }
      return {
        from: start,
        to,
        rule: 'the month named, to its end',
      }
    },
  ),
  rule(
    `(?:(?<by>${BY}|${BY_THE_END}|in|during|over|come) )?(?:the )?(?:(?<part>early|mid|late|end of|middle of)[- ]?)?(?<which>next|this|this coming|coming|the coming|the)? ?(?<season>${SEASON})(?: (?:of )?(?<year>\\d{4}))?`,
    (groups, published) => {
      const name = groups.season ?? ''
      const by = (groups.by ?? '').toLowerCase()
      const which = (groups.which ?? '').toLowerCase()
      // "the fall of the government", "prices fall": a bare season word is no horizon.
      if (!by && !/next|this|coming/.test(which) && !groups.year) return null
      if (/^the$|^$/.test(which) && name.toLowerCase() === 'fall' && !groups.year) return null
      const span = groups.year
        ? season(name, Number(groups.year))
        : comingSeason(name, published, !/next/.test(which))
      if (by === 'before') {
        return {
          from: published,
          to: addDays(span.from, -1),
          rule: 'the day before the season begins (northern)',
        }
      }
      return {
        from: by === 'by' ? published : span.from,
        to: span.to,
        rule: `${name.toLowerCase()} as an interval (northern, whole months), its end is the deadline`,
        ...(/next/.test(which) ? { asks: 'The next one to begin, or the one after it?' } : {}),
      }
    },
  ),
  rule(
    `(?:(?<by>${BY}|${BY_THE_END}|in|during|over|sometime in) )?(?:the )?(?<ordinal>first|second|third|fourth|last) (?<unit>quarter|half)(?: of (?:the |this |next )?(?<year>\\d{4}|year))?|(?:(?<by2>by|in|before) )?Q(?<q>[1-4])(?: (?:of )?(?<year2>\\d{4}))?`,
    (groups, published) => {
      if (!groups.q && !groups.year && !groups.by) return null
      const given = Number(groups.year ?? groups.year2)
      const half = groups.unit?.toLowerCase() === 'half'
      const which = groups.q ? Number(groups.q) : (ORDINALS[(groups.ordinal ?? '').toLowerCase()] ?? 1)
      if (half && which > 2) return null
      const spanIn = (year: number) =>
        half ? { from: firstOf(year, which * 6 - 5), to: lastOf(year, which * 6) } : quarterOf(year, which)
      let year = Number.isNaN(given) ? yearOf(published) : given
      if (Number.isNaN(given) && spanIn(year).to < published) year++
      const span = spanIn(year)
      const by = (groups.by ?? groups.by2 ?? '').toLowerCase()
      if (by === 'before')
        return { from: published, to: addDays(span.from, -1), rule: 'the day before it begins' }
      return { ...span, rule: half ? 'the half-year named' : 'the calendar quarter named' }
    },
  ),
  rule(
    `(?<by>${BY}|${BY_THE_END}|in|during|sometime in|as early as|as soon as|throughout|through|for) (?:the )?(?:(?<part>early|mid|late|end of|middle of|beginning of|start of|first half of|second half of)[- ]?)?(?:the )?(?:year )?(?<year>20\\d{2}|21\\d{2})(?<s>s)?`,
    (groups, published) => {
      const by = (groups.by ?? '').toLowerCase()
      const part = (groups.part ?? '').toLowerCase()
      const year = Number(groups.year)
      if (groups.s) {
        const to = year % 100 === 0 ? lastOf(year + 99, 12) : lastOf(year + 9, 12)
        if (by === 'before' || by === 'by') {
          return {
            from: published,
            to: addDays(firstOf(year, 1), -1),
            rule: 'the day before the decade begins',
          }
        }
        return { from: firstOf(year, 1), to, rule: 'the decade named, to its end' }
      }
      const start = UP_TO.test(by) ? published : firstOf(year, 1)
      if (/early|beginning|start/.test(part)) {
        return { from: start, to: lastOf(year, 3), rule: 'early in a year: to the end of March' }
      }
      if (/mid/.test(part)) {
        return {
          from: UP_TO.test(by) ? published : firstOf(year, 5),
          to: by === 'before' ? lastOf(year, 5) : lastOf(year, 6),
          rule: 'the middle of a year: to the end of June',
        }
      }
      if (/first half/.test(part))
        return { from: firstOf(year, 1), to: lastOf(year, 6), rule: 'the half-year named' }
      if (by === 'before' && part === '') {
        return { from: published, to: lastOf(year - 1, 12), rule: 'the day before the year begins' }
      }
      if (/^by$|until|till|later|up to/.test(by) && part === '') {
        return {
          from: published,
          to: lastOf(year, 12),
          rule: 'a bare year: up to its end',
          asks: 'By the beginning or by the end of that year? Its end is proposed.',
        }
      }
      return { from: start, to: lastOf(year, 12), rule: 'the year named, to its end' }
    },
  ),
  rule(
    `(?:by|before|until|till) (?:next )?(?<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|(?<word>tomorrow|tonight|overnight)|(?:next|on|this coming) (?<day2>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)`,
    (groups, published) => {
      if (groups.word) {
        return { from: published, to: addDays(published, 1), rule: 'the day after publication' }
      }
      const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
      const wanted = names.indexOf((groups.day ?? groups.day2 ?? '').toLowerCase())
      const today = new Date(`${published}T00:00:00Z`).getUTCDay()
      const to = addDays(published, (wanted - today + 7) % 7 || 7)
      return { from: groups.day ? published : to, to, rule: 'the next such weekday after publication' }
    },
  ),
  rule(
    `by (?:the )?new year|before (?:the )?(?:new year|christmas)|by christmas|over christmas|by year-end`,
    (_groups, published) => ({
      from: published,
      to: lastOf(yearOf(published), 12),
      rule: 'the end of the year of publication',
    }),
  ),
  rule(
    `(?:in|for|over) the (?<length>short|near|medium|long|foreseeable|immediate|not[- ]too[- ]distant|near(?:est)?) ?(?<unit>term|run|future)|for the foreseeable future|in the (?:near|nearest) future`,
    (groups, published) => {
      const length = (groups.length ?? 'near').toLowerCase()
      const months = /medium/.test(length) ? 36 : /long/.test(length) ? 60 : /immediate/.test(length) ? 3 : 12
      return {
        from: published,
        to: addMonthsTo(published, months),
        rule: `a vague span: read as up to ${months} months after publication`,
        asks: 'The phrase names no date; keep the proposal or set another.',
      }
    },
  ),
  rule(
    `(?:before|by|until|till|ahead of|after|at|during|prior to) (?:the |this |next |his |her |their )?(?:[\\p{L}'-]+ ){0,3}?(?:${EVENT})`,
    () => ({
      from: null,
      to: null,
      rule: 'the phrase names an event and not a date',
      asks: 'When is it? Give its date as the deadline.',
    }),
  ),
  rule('soon|sooner or later|eventually', () => ({
    from: null,
    to: null,
    rule: 'no date is named',
    asks: 'How soon? Without an answer the house rule of 12 months applies.',
  })),
]
