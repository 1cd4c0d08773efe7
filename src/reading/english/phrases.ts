import { lookedUp } from './lexicon.ts'
import type { Phrase } from './phrase.ts'

type Row = Phrase & { readonly words: string }

const STRONG =
  '(very|vanishingly|mighty|awfully|terribly|exceptionally|deeply|profoundly|very very|highly|very highly|extremely|exceedingly|overwhelmingly|most|incredibly|hugely|really|ever so|all too|immensely|very much)'
const MILD = '(quite|fairly|rather|pretty|somewhat|reasonably|relatively|)'
const ALMOST =
  '(almost|nearly|virtually|practically|all but|as good as|close to|near|next to|just about|well nigh)'
const FAR =
  '(far from|hardly|scarcely|barely|by no means|in no way|less than|anything but|not at all|not (yet|entirely|quite|exactly|absolutely|completely|100 percent|necessarily|so|all that|)|nowhere near|never)'
const IT_IS = '(it is ~|that is ~|this is ~|)'

const hedge = (key: string, words: string, more: Partial<Phrase> = {}): Row => ({
  layer: 'hedge',
  key,
  cue: 'likelihood',
  words,
  ...more,
})
const attitude = (key: string, words: string, more: Partial<Phrase> = {}): Row => ({
  layer: 'attitude',
  key,
  cue: 'opinion',
  words,
  ...more,
})
const asks = (why: string, words: string, more: Partial<Phrase> = {}): Row => ({
  layer: 'asks',
  why,
  words,
  ...more,
})
const plain = (words: string): Row => ({ layer: 'plain', words })

const OUTER = 'an outer negation: read as "possibly", never as 1 − p'
const LIKE_LIKELY = 'assumed: read as "likely"'

const HEDGES: readonly Row[] = [
  hedge(
    'certainly',
    `certainly; without question; definitely will; for (sure|certain); undoubtedly; undoubtably; doubtless; inevitably; unquestionably;
     without (a|any|) (shadow of a|) doubt; beyond (a|any|all|) (reasonable|) doubt; (there is|i have|we have|there can is|) no (doubt|question) (about it|in my mind|); bound to happen;
     (absolutely|completely|totally|dead|utterly|entirely|quite|very|) certain (to|); (is|seem|seems|look|looks) (sure|guaranteed|assured|destined|doomed) to; inevitable; unavoidable; a (dead|) certainty; a given; a sure thing; a done deal; a slam dunk; nailed on; a (dead|stone cold|) cert; a racing certainty; a lock; most certainly; guaranteed; guarantee that; mark my words;
     make no mistake; rest assured; you can is sure; (can|could) not but; (is|seems) certain to`,
    { not: 'possibly' },
  ),
  hedge(
    'almost_certain',
    `${ALMOST} (certain|certainly|inevitable|inevitably|guaranteed|sure|assured|definitely|unavoidable|a certainty|definite|surely); a (near|virtual|practical) certainty; a (foregone|forgone) conclusion; (only|just|merely|) a (matter|question) of time; bound to (happen|come); sooner rather than later`,
    { not: 'possibly' },
  ),
  hedge(
    'highly_likely',
    `(there is|there can is|i have|we have|) ~ (little|hardly any|not much|scant|scarcely any) doubt (that|about it|); ${STRONG} (likely (to|that|)|probable|probably); in all likelihood; more than likely; much more likely than not; far more likely than not; (a|) (safe|good|sure|strong) bet; you can (safely|) bet (your (life|house|bottom dollar) on it|on it|) (that|); a shoo in; (fairly|pretty|reasonably|quite|rather|relatively|very) (sure|certain|confident|convinced|safe) that; (odds|heavy|clear|strong|overwhelming) favourite to; the overwhelming (likelihood|probability|odds)`,
    { not: 'unlikely' },
  ),
  hedge(
    'set_to',
    `(is|now|looks|look|seems|seem|appears|) ~ (set|poised|primed|well placed|on course|on track|on the (verge|brink|cusp|point|threshold)) (to|for (a|an|another)|of); (is|looks|seems) ~ about to; (is|looks|seems|) ~ (headed|heading) (for|towards|toward|into); (watch|look|watch out) for; faces (a|an) (heavy|certain|crushing|likely|big|long|bitter); on the cards; in the offing`,
    {
      cue: 'heading',
    },
  ),
  hedge(
    'likely',
    `${MILD} likely (to|that|); (can|could|may|might|should|) is ~ (expected|forecast|projected|predicted|anticipated|tipped) to; expected to; should ~ is able to; ${IT_IS} to is expected; the (odds|chances|likelihood|probability) (is|are) that; (odds|chances) is; the smart money is on; likelier than not; as likely as anything; on balance; there is every (reason to (think|believe|expect)|indication|sign|likelihood) that; more often than not`,
    { not: 'unlikely', cue: 'heading' },
  ),
  hedge('likely', '(can|could|may|might|should|) is ~ (thought|estimated|reckoned|seen|believed) to', {
    not: 'unlikely',
    cue: 'adverb',
  }),
  hedge(
    'probable',
    `${MILD} (probable|probably); in (all|) probability; presumably; as likely as anything else; by all accounts`,
    {
      not: 'improbable',
      cue: 'adverb',
    },
  ),
  hedge(
    'better_than_even',
    `(a|) better than even (chance|odds|shot|) (of|that|); better than a coin (toss|flip); (slightly|somewhat|a (bit|little)|marginally|just|) more likely than not; better than (fifty fifty|evens); just over even; more probable than not`,
    {
      not: 'possibly',
    },
  ),
  hedge(
    'worse_than_even',
    `(slightly|somewhat|a (bit|little)|marginally|just|) (less likely than not|less than even|worse than even|more unlikely than (likely|not)|less probable than not)`,
  ),
  hedge(
    'even',
    `about even; fifty fifty; a (toss up|coin flip|coin toss); toss up; likely as not; coin flip; coin toss; (the toss|flip) of a coin; (about|roughly|just|equally|) as likely as not; an even (chance|bet|money bet); even (chance|odds|money); evens; a fifty fifty (chance|bet|shot|proposition)`,
  ),
  hedge(
    'serious_possibility',
    `${IT_IS} (quite|very|entirely|perfectly|eminently|more than|all too) possible (that|to|); quite possibly; very possibly`,
    { cue: 'likelihood' },
  ),
  hedge('may_well', `(may|might|could) (very|quite|) (well|easily); (may|might|could) ~ yet`, {
    cue: 'modal',
  }),
  hedge('possibly', 'possibly; possible', { not: 'possibly', why: OUTER, cue: 'adverb' }),
  hedge('maybe', 'maybe; perhaps', { cue: 'adverb' }),
  hedge(
    'possibly',
    `possible that; is possible; (remain|remains|seem|seems|look|looks) possible; conceivably; conceivable; plausible; plausibly; imaginable; within the (realms|realm|bounds) of (possibility|the possible); can not (is|) (rule out|ruled out|exclude|excluded|discount|discounted|dismiss|dismissed) (the possibility (that|of)|that|); not rule out; not (is|) ruled out; not excluded; (do|would|will|does|should|must|could) not ~ (rule out|exclude|discount|dismiss|put it past); not impossible; not (out of the question|beyond the (realms|realm|bounds) of possibility|off the table|inconceivable|unthinkable|implausible|unimaginable); uncertain (that|whether|if); it is uncertain; no (certainty|guarantee|guarantees|assurance|foregone conclusion) (that|of|); on the table; not (necessarily|automatically|always|invariably|inevitably); (${FAR}) (certain|sure|guaranteed|assured|inevitable|a (certainty|given|foregone conclusion|done deal|sure thing)); nothing is (certain|guaranteed|inevitable); (do|should|must) not is (too|very|) (surprised|shocked) (if|when|to see|that); (nobody|no one) (should|would|will) is (surprised|shocked) (if|when|to see|that); would not (is|have|) ~ (surprised|surprise me|surprising|shock me|shocked|amazed|astonished|a surprise|a shock|the least bit surprised|at all surprised) (if|that|by|to see|); (should|would|will) (come as|is) no (great|big|) surprise (if|that|to|)`,
    { not: 'possibly', why: OUTER },
  ),
  hedge(
    'possibly',
    'would not (is|have) ~ (surprised|surprise me|surprising|shock me|shocked|amazed|astonished|a surprise|a shock|the least bit surprised|at all surprised) (if|that|by|to see); (should|would|will) (come as|is) no (great|big|) surprise (if|that|to|)',
    { cue: 'surprise', why: OUTER },
  ),
  hedge('likely', 'should; ought to', { cue: 'modal', why: '"should" is often advice and then no forecast' }),
  hedge('may', 'may', { cue: 'modal' }),
  hedge('might', 'might', { cue: 'modal' }),
  hedge('could', 'could', { cue: 'modal' }),
  hedge(
    'doubt',
    `${MILD} doubtful; (is|seem|seems|sound|sounds|remain|remains) (very|highly|rather|quite|) (sceptical|skeptical|dubious|unconvinced) (that|about|of|whether); have (my|our|serious|grave|real|some|his|her|their) (serious|grave|) doubts (that|about|whether|); (hard|difficult|tough|tricky|not easy) to (see|imagine|envisage|envision|believe|picture|conceive|foresee) (how|that|); (can not|do not|can hardly|can barely|struggle to|fail to|could not) ~ (see|imagine|envisage|envision|picture|foresee|conceive); do not see how; (would not|do not) (bet|put (money|my money)|wager|count|bank) (on|that) (it|that|)`,
    {
      cue: 'forecasting',
      not: 'asks',
    },
  ),
  hedge(
    'unlikely',
    `${MILD} unlikely (to|that|); not ${MILD} likely (to|that|); (hardly|scarcely|far from|by no means|not particularly|not terribly|not especially|not very|not too|not all that|not that) likely (to|that|); would (is|have) ~ (surprised|surprise me|surprising) (if|that|to see|); not much of a chance; less than likely; (do|does|did|will|would|can) not (have|stand|see|give) (much|much of|a great) (a|) (chance|hope|prospect); not (on the cards|in the cards); against the odds; unlikely`,
    {
      not: 'possibly',
    },
  ),
  hedge('unlikely', 'would (is|have|) ~ (surprised|surprise me|surprising) (if|that|to see)', {
    cue: 'surprise',
  }),
  hedge(
    'highly_unlikely',
    'would (is|have) ~ (very|extremely|really|deeply|greatly|most|absolutely|quite|rather|very much) (surprised|surprising|shocked) (if|that|to see|); (would|will) is (astonishing|shocking|amazing|extraordinary|remarkable|stunning|unprecedented) (if|that|to see|for); would (is|have) ~ (amazed|astonished|shocked|stunned|flabbergasted|astounded|floored) (if|that|to see|)',
    { cue: 'surprise' },
  ),
  hedge('unlikely', 'the odds is (heavily|strongly|stacked|clearly|very much|) against', { cue: 'chance' }),
  hedge(
    'likely',
    'the (odds|chances) (is (heavily|strongly|clearly|) (in favour of|in favor of)|favour|favor)',
    { cue: 'chance' },
  ),
  hedge(
    'better_than_even',
    '(the odds|the chances|chances) is (slightly|a little|somewhat|) better than even',
    { cue: 'chance' },
  ),
  hedge(
    'doubt',
    '(some|much|real|serious|considerable|growing|grave|every|) (doubt|doubts) (about whether|about|whether|as to whether|over whether|over)',
    { cue: 'likelihood' },
  ),
  hedge('may_well', '(would|do|should) not (bet|wager|put money) against', { cue: 'bet' }),
  hedge(
    'unlikely',
    '(would|will) is a (big|huge|great|major|real|genuine|) (surprise|shock|upset|turn up) (if|to see|for|)',
    { cue: 'surprise' },
  ),
  hedge('remote', '(seems|looks|appears|seem|look) (very|) remote'),
  hedge('probable', '(is|seems|looks|appears) probable (that|)', { not: 'improbable' }),
  hedge('improbable', `${MILD} improbable; not ${MILD} probable`, { not: 'possibly' }),
  hedge(
    'highly_unlikely',
    `${STRONG} (unlikely (to|that|)|improbable|doubtful); hardly; scarcely; (more than|less than) unlikely; a long shot; (barely|hardly|scarcely) (conceivable|possible|imaginable|thinkable|credible); inconceivable; unthinkable; unimaginable; far fetched; a pipe dream; (it would|it will|would) (is|take|need) a (miracle|small miracle) (if|for|that|to|); (do not|would not|not) hold (your|my) breath; (will|would) eat my hat (if|); against all (the|) odds; wishful thinking; an outside bet; (little|no|scant|slim) (prospect|likelihood)`,
    { not: 'possibly', cue: 'likelihood' },
  ),
  hedge(
    'almost_no_chance',
    `can not possibly; could not possibly; (almost|next to|virtually|practically|all but|close to|hardly any|scarcely any) no (chance|chances|hope|prospect|likelihood|probability|way|possibility); almost no chance; (almost|next to|virtually|practically|all but|well nigh|near|nearly) impossible; impossible; out of the question; off the (table|cards|agenda|menu); dead (in the water|on arrival|and buried); (a|not a|) (snowball's|snowballs|snowball) chance in hell (of|to|); (not|no|a fat) (a|) (chance in hell|hope in hell|cat in hell's chance|chance in a million|prayer|earthly chance|snowball's chance in hell); not have a (snowball's chance in hell|chance in hell|hope in hell|prayer|cat in hell's chance|snowball's chance); (not|no) (a|) (chance|hope) in hell; rule out; rules out; ruling out; (is|can is|may is) ruled out; (is|seems|is sure|is certain) (certain|sure|guaranteed|bound) not to; not have (a|any) hope; not got (a|any|much) (hope|chance|prayer) (of|); when hell freezes over; no (chance|hope|prospect|possibility|likelihood|probability|danger|risk) (of|that|whatsoever|at all); doomed to fail`,
    { not: 'possibly' },
  ),
  hedge(
    'never',
    'no way; not a chance; no chance; under no circumstances; in no circumstances; on no account; over my dead body; pigs (will|might) fly; (when|until) pigs fly; (when|until|before) hell freezes over; hell will freeze over; a cold day in hell; not in a million years; not on your life; not in my lifetime; fat chance',
    { cue: 'fate' },
  ),
  hedge(
    'by_no_means',
    `(nowhere near|a long way from|not close to|far away from|no closer to|not anywhere near); by no means; in no way; not at all ready to; far from; (not|never|hardly|in no way|by no means|far from|not at all|not yet|not really) (yet|now|currently|at all|really|) (ready|prepared|willing|inclined|minded) to; (in no|not in a|not in any) position to; no intention of; in no mood to`,
    { cue: 'not_ready' },
  ),
  hedge(
    'nonzero',
    `(a|some|any|) (non zero|nonzero|greater than zero|not zero|finite|more than zero) (chance|probability|risk|possibility|likelihood) (of|that|)`,
    { cue: 'chance' },
  ),
]

const ATTITUDES: readonly Row[] = [
  attitude(
    'we_believe',
    `(think|thinks|thought|believe|believes|believed|reckon|reckons|suspect|suspects|assume|assumes|presume|presumes|guess|imagine|imagines|i suppose|would (say|argue|think|guess|imagine|suggest|venture|bet)|is (inclined|tempted|minded|prone) to (think|believe|say|agree|assume)|tend to (think|believe)|incline to (think|believe)|would like to (think|believe)|something tells me|have (a|an) (strong|sneaking|nagging|gut|) (feeling|hunch|sense|suspicion|inkling)|dare say|daresay|take it) (that|); (figure|figures|feel|feels|sense|consider|considers|surmise|hold|maintain|contend|argue|conclude) that; i (figure|feel|sense); it is (safe|fair|reasonable) to (say|assume|suppose|bet|think|conclude|expect) (that|); (in|to) (my|our) (opinion|view|mind|judgment|judgement|estimation|book|humble opinion|eyes|experience|personal opinion); (my|our) (view|sense|hunch|gut feeling|gut|opinion|guess|best guess|feeling|bet|assessment|impression|belief|instinct|reading|base case|central case|take|assumption|working assumption) (is|says|tells me|remains) (that|); if you ask me; (to|) my way of thinking; (can|could) assume that; as far as i can see; as i see it; from where i (sit|stand); it (seems|appears|looks|feels|looks to me|seems to me|appears to me|strikes me) (that|as if|as though|like|to me that|to me|); by my (reckoning|calculations|estimate); (seems|seem|appears|appear|looks|look) to is`,
    { not: 'doubt' },
  ),
  attitude(
    'we_believe',
    `(bet|bets|wager) (that|on|you|); would (bet|put (my|some|good|) money) on; would wager (that|on|); (i|we) is going for; (i|we) (will|would) go (for|with); my money's on; (put|putting) (my|good) money on; (lean|leaning|lean towards|is leaning) (toward|towards|to); is (willing|prepared|ready|happy) to (bet|wager) (that|on|); would stake (my|our) (reputation|life|career) on (it|); my money is on; is betting (that|on|); (i|we) (would|will) bet (you|) (that|on|)`,
    { cue: 'bet', not: 'doubt' },
  ),
  asks(
    'is a forecast of the speaker’s, and names no probability',
    '(my|our|the) (central|baseline|base case|latest|) (forecast|forecasts|projection|projections|baseline|base case|model|models) (assume|assumes|have|has|show|shows|call for|calls for|imply|implies|include|includes|put|puts|see|sees|point to|points to) (that|)',
    { cue: 'forecasting' },
  ),
  asks('is a fear of the speaker’s, and says not how likely', '(my|our) (fear|worry|concern) is that', {
    cue: 'forecasting',
  }),
  attitude('we_believe', '(my|our) (prediction|forecast|bet|guess|call|expectation|tip)', {
    cue: 'forecasting',
    not: 'asks',
  }),
  attitude(
    'likely',
    `(expect|expects|expected|anticipate|anticipates|predict|predicts|predicted|foresee|foresees|forecast|forecasts|project|projects|envisage|envisages|envision|envisions|prophesy|prophesies|augur|count on|is counting on|bank on|is banking on|is expecting|is predicting|is forecasting|is anticipating|would expect|would predict|would anticipate|look for) (that|); (my|our) (expectation|forecast|prediction|projection|base case forecast) (is|remains) (that|for|)`,
    { cue: 'forecasting', not: 'unlikely', why: LIKE_LIKELY },
  ),
  attitude(
    'certainly',
    `is ~ (absolutely|completely|totally|utterly|entirely|quite|very|dead|firmly|deeply|100 percent|) (sure|certain|convinced|positive|confident|adamant|in no doubt) (that|of|about|); have (every|full|complete|great|total) confidence (that|in); (i|we) (promise|guarantee|swear|assure|vow) (you|) (that|); have no doubt (that|); know (for sure|for certain|for a fact) (that|); (am|are) in no doubt`,
    { not: 'doubt' },
  ),
  attitude(
    'highly_likely',
    `is ~ (fairly|pretty|reasonably|relatively|rather|quite|mostly|increasingly|more or less) (sure|certain|convinced|confident) (that|of|about|)`,
    { not: 'doubt' },
  ),
  attitude('almost_certain', `is ~ ${ALMOST} (sure|certain|convinced|positive) (that|)`, { not: 'doubt' }),
  attitude('we_believe', '(fear|is ~ afraid|suspect|guess|suppose|imagine) so'),
  attitude('doubt', '(fear|is ~ afraid|suspect|guess|suppose|imagine) not'),
  attitude(
    'possibly',
    `(is|am|are) not ~ (sure|certain|so sure|quite sure|at all sure) (that|); can not is (sure|certain) (that|)`,
    { why: OUTER },
  ),
  attitude(
    'doubt',
    `(doubt|doubts|doubted) (very much|very much indeed|highly|strongly|it|) (that|whether|if|); (do|does|did) not (really|honestly|personally|for a moment|for one moment|for a second|seriously|) (think|believe|reckon|imagine|see|feel|suppose|buy the idea) (that|); would not (think|say|bet that|imagine|believe) (that|); have (no|little|not much|scant) (confidence|faith) (that|in); is not ~ (convinced|persuaded|confident|sure at all) (that|)`,
    {
      cue: 'forecasting',
      not: 'certainly',
      why: lookedUp('we_believe'),
    },
  ),
]

const FUTURES: readonly Row[] = [
  { layer: 'future', key: 'will', cue: 'will', words: "will; shall; 'll" },
  { layer: 'future', key: 'will', cue: 'going_to', words: 'is ~ going to; going to' },
  {
    layer: 'future',
    key: 'will',
    cue: 'nominal',
    words:
      '(i|we) is looking at (a|an|another); is in for (a|an|another); (is|lies) in store; the next (step|stage|domino|victim|thing|casualty) is',
  },
  asks(
    'tells what happens time and again',
    '(tends|tend) to; usually; often; sometimes; typically; normally',
    { cue: 'habit' },
  ),
  asks('says what can be, and not how likely it is', 'can', { cue: 'ability' }),
  {
    layer: 'future',
    key: 'will',
    cue: 'fate',
    words:
      'sooner or later; is yet to come; is over for; (is|it is) the (beginning of the end|end of the road|end of an era|end of the line); is finished as; has no future; have no future; trouble ahead; is (doomed|done for|toast|over for); will never again',
  },
  asks(
    'puts it far off, and says not whether it comes',
    '(years|months|weeks|decades|a long way|light years|generations) (away|off); (a|some) way off',
    { cue: 'fate' },
  ),
  hedge('highly_unlikely', '(is|remains|remain|seems|looks|stays|stay) ~ out of reach', { cue: 'fate' }),
  { layer: 'future', key: 'will', cue: 'going_to', not: 'possibly', words: 'is bound to; bound to' },
  {
    layer: 'future',
    key: 'will',
    cue: 'fate',
    words: 'is here to stay; is destined to; destined to; is fated to; is about to',
  },
  {
    layer: 'future',
    key: 'will',
    cue: 'fate',
    words: `is (coming|looming|approaching|on its way|on the way|around the corner|just around the corner|imminent|under way to|in store|ahead of us|upon us|numbered|inbound); (lies|lie|is) ahead (for|of us|); awaits; (i|we|they) is facing (a|an|another)`,
  },
]

const DENIALS: readonly Row[] = [
  {
    layer: 'not',
    words:
      'not; never; no; nobody; none; nothing; nowhere; neither; nor; no one; no longer; fail to; fails to; failing to; refuse to; refuses to; decline to; not ever; no more',
  },
]

const ASKED: readonly Row[] = [
  asks(
    'is somebody else’s view: is it the speaker’s forecast too?',
    'the official (line|version|story|view) is (that|)',
    { cue: 'others' },
  ),
  asks(
    'says that nobody can know',
    `(nobody|no one|none of us|no one really|nobody really) (knows|can (know|say|tell|predict)|could (say|know)|has any idea|has a clue) (if|whether|how|when|what|that|); who (knows|can (say|tell)) (if|whether|); god knows; heaven knows; (do|does|did|can) not (know|tell|say|predict) (if|whether|that|how|when|); (hard|difficult|impossible|too (early|soon|close)|premature) to (say|tell|predict|know|call|judge|forecast) (if|whether|); remains to is seen; anybody's guess; anyone's guess; (is|remains|still) (unclear|unknown|unresolved|undecided|an open question|up in the air|in the balance|in doubt|touch and go) (if|whether|); not ~ (clear|known|obvious|decided|certain) (if|whether); the question is (if|whether); (far from|not at all|anything but|by no means|not yet|not) (clear|obvious|settled|a settled question) (if|whether|that); far from clear; (ask|asks|asked) (me|us|him|her|them) (if|whether); wonder (if|whether); time will tell; have no idea (if|whether); depends on; depend on; depending on; hangs on; hinges on; all bets is off; your guess is as good as mine; ask me (again|) (in|next); only time will tell; (question|debate|discuss|ask|asks|asked) (if|whether)`,
    { cue: 'unknown' },
  ),
  asks(
    'stands above it: how sure does that make the event?',
    '(suggest|suggests|suggested|indicate|indicates|imply|implies|signal|signals|tells|show|shows|prove|proves|promises|guarantees|ensures|point to|points to|hint|hints) (me|us|) (that|)',
    { cue: 'matrix' },
  ),
  asks('stands above it: how sure does that make the event?', '(means|mean) (that|)', { cue: 'consequence' }),
  asks(
    'is a comparison or a change, and names no probability',
    `(a lot|much|far|even|ten times|still|times|significantly|considerably|slightly|somewhat|) (more|less) (likely|probable|certain|plausible|unlikely|possible) (than|to|that|); likelier; (twice|three times|four times|five times|ten times|half|several times|many times) as (likely|probable) (to|that|as|); (increasingly|equally|ever more|decreasingly) (likely|unlikely|probable|certain|possible|doubtful); (growing|rising|increasing|increased|higher|greater|lower|heightened|mounting|bigger|diminishing|shrinking|dwindling|reduced|smaller|declining|falling|raised|elevated) (chance|chances|risk|risks|likelihood|probability|odds|danger|prospect|prospects|possibility) (of|that|); (the|) (most likely|likeliest|most probable) (outcome|scenario|result|case|explanation|candidate|winner|path|course|option); the least likely; as likely (to|as); (raises|raise|increases|increase|reduces|reduce|lowers|lower|boosts|cuts) the (risk|chance|chances|odds|likelihood|probability) (of|that|)`,
    { cue: 'likelihood' },
  ),
  asks(
    'is a hope, a fear or a wish, and says not how likely',
    '(hope|hopes|hoped|hoping|wish|wishes|pray|long for) (that|); hopefully; with luck; with any luck; fingers crossed; god willing; i would like (to|it); would (love|like|prefer) (to|it)',
    { cue: 'wish' },
  ),
  asks(
    'is a hope, a fear or a wish, and says not how likely',
    `(fear|fears|feared|worry|worries|dread) (that|); is ~ (optimistic|pessimistic|hopeful|afraid|worried|concerned|cautiously optimistic|bullish|bearish|upbeat) (that|about|on|)`,
    { cue: 'opinion' },
  ),
  asks(
    'claims only an attempt, an aim or an ability',
    `(try|tries|trying|attempt|attempts|seek|seeks|aim|aims|strive|strives|struggle|fight|work|push|want|wants|like) to; (try|tries) again`,
    { cue: 'attempt' },
  ),
  asks('claims only an attempt, an aim or an ability', '(need|needs|have|has) to', { cue: 'need' }),
  asks(
    'says what ought to be, or what would follow; is it a forecast?',
    'must; would; is supposed to; is meant to; is due to; is scheduled to; is slated to',
  ),
  asks(
    'denies that something follows, and says nothing of whether it happens',
    `(do|does|did|would|will|need|should) not (necessarily|automatically|always|) (mean|imply|suggest|prove|guarantee|follow|indicate|signify|entail) (that|); not the same as; not to say (that|); (no|nothing like|hardly any) (evidence|sign|signs|indication|proof|suggestion|hint|reason to (think|believe|expect|suppose)) (that|of|); nothing to (suggest|indicate|say) (that|); (it is|is) (a (myth|mistake|fallacy|fantasy|misconception|delusion|lie)|wrong|mistaken|nonsense|absurd|naive|silly|foolish|false|untrue|an illusion) (to (think|believe|say|assume|expect|suppose|claim|imagine)|) (that|); (reject|rejects|dismiss|dismisses|deny|denies|dispute|disputes|refute|do not accept|do not buy|do not share) (the (idea|view|notion|claim|suggestion|argument|prediction|forecast|theory|belief)|) (that|of); not (true|the case|a fact) (that|)`,
    { cue: 'denial' },
  ),
  asks(
    'says what somebody plans or promises',
    '(plan|plans|planning|intend|intends|promise|promises|promised|vow|vows|vowed|pledge|pledges|pledged|threaten|threatens|threatened|offer|offers|propose|proposes|hope|agreed|prepare|prepares|preparing|mean|means) to',
    { cue: 'plan' },
  ),
  asks(
    'leaves it open how certain it is',
    'apparently; supposedly; allegedly; reportedly; arguably; seemingly; ostensibly; in theory; theoretically; in principle',
    { cue: 'adverb' },
  ),
  asks(
    'leaves it open how certain it is',
    `potentially; (may|might|could) or (may|might|could) not; threatens to; (seems|seem|appears|appear|looks|look) to; not (out of reach|far off|far away); (is|are) (capable|in danger|at risk|in line|a candidate|odds on|favourite|favorite) (of|to|for); (a|the) (favourite|favorite|contender) to; stands to; stand to; in doubt; for all we know; god forbid; (manage|is allowed|is free) to`,
    { cue: 'modal' },
  ),
]

const PLAIN: readonly Row[] = [
  plain(
    `not only; not just; not merely; not least; not to mention; no matter; no later than; no earlier than; no sooner than; no more than; no less than; no fewer than; no wonder; no reason; (may|might|could) (well|) is (right|wrong); no way (out|to|of|around|through|forward|in|round); (one|this) (thing|much) is (sure|certain|for sure|clear); no need; have no (trouble|difficulty|problem|problems|trouble in); no point; no answer; no question of; as (you|one|we|anyone) (might|would|may|could|can) (expect|imagine|guess|see|say); (has|have|had) to do with; (hardly|scarcely|barely) (any|anything|ever); could (hardly|scarcely) (is (better|worse|more|less|otherwise|different|greater|bigger|clearer|starker|wider|simpler|stranger)|have is|come at a (better|worse)); (than|as) (previously|widely|originally|generally|) (expected|forecast|predicted|anticipated|projected|feared|hoped); (is ~|) (sure|certain|confident) of (myself|himself|herself|itself|themselves|ourselves|yourself); whether or not; if not; if any; if anything; as if; even if not; what if; if only; why not; or not; not until; not before; (for|on) certain (terms|issues|topics); certain (countries|people|states|circumstances|areas|conditions|things|aspects|groups|parts|kinds|types|cases|extent|amount|degree|number|point|members|companies|sectors); (a|of) certain; every possible; (if|as|where|wherever|whenever) possible; as (soon|much|many|far|long|little|quickly|early) as possible; political will; free will; ill will; good will; goodwill; (the|his|her|their|your|our|a|against|last) will; military might; the might of; the possible; might of; (most|more|least|less) of; by the by; of course; in fact; needless to say; can not help; can not afford; i can (say|tell|see|only); can only say; thanks to; no thanks; a can; not a single; so to speak; have to say; (i|we) (must|have to|should) (say|admit|add|stress|point out|tell you); that said; that is to say; let us say; say that`,
  ),
]

/** English, as far as probability goes: `(a|b|)` alternatives, `is` any form of to be, `~` up to two light words. */
export const PHRASES: readonly Row[] = [
  ...PLAIN,
  ...HEDGES,
  ...ATTITUDES,
  ...FUTURES,
  ...DENIALS,
  ...ASKED,
  {
    layer: 'report',
    not: 'asks',
    words: `(say|says|said|saying|claim|claims|claimed|warn|warns|warned|insist|insists|insisted|announce|announces|announced|tell|tells|told|allege|alleges|declare|declares|declared|add|adds|added|note|notes|noted|explain|explains|explained|report|reports|reported|assert|asserts|write|writes|wrote|estimate|estimates|estimated|stress|stressed|argues|argued|concluded|commented|according to) (that|)`,
  },
  {
    layer: 'factive',
    words:
      '(understanding|understand|understands|knowing|knows|know|realise|realises|realising|realize|aware) (perfectly well|full well|very well|well|) that',
  },
  {
    layer: 'plain',
    words:
      '(if|unless|provided (that|)|providing|assuming (that|)|as long as|so long as|in case|in the event (that|of)|should there is|were there to is|only if|on condition that|if and when|suppose|supposing)',
  },
]
