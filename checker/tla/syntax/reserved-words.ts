/** Words that cannot be names (Specifying Systems, 16.1.1, and TLA+ version 2). The grammar lets some of them pass. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    'ACTION ASSUME ASSUMPTION AXIOM BY CASE CHOOSE CONSTANT CONSTANTS COROLLARY DEF DEFINE DEFS DOMAIN ELSE ENABLED ' +
    'EXCEPT EXTENDS HAVE HIDE IF IN INSTANCE LAMBDA LEMMA LET LOCAL MODULE NEW OBVIOUS OMITTED ONLY OTHER PICK ' +
    'PROOF PROPOSITION PROVE QED RECURSIVE STATE SUBSET SUFFICES TAKE TEMPORAL THEN THEOREM UNCHANGED UNION USE ' +
    'VARIABLE VARIABLES WITH WITNESS'
  ).split(' '),
);

/** What the language defines and the syntax tree has nodes for: it can be used, but not be given another meaning. */
export const FIXED_NAMES: ReadonlySet<string> = new Set(
  "TRUE FALSE /\\ \\/ \\X ' [] <> ~> -+-> \\cdot".split(' '),
);
