/**
 * What SANY knows before it reads a module, in its order (tla2sany.configuration.Configuration): operators and built-in
 * names, and then the names of its own innards. A string that is spelled like one of them was seen before all others.
 */
export const SANY_WORDS: readonly string[] = String.raw`
[ . ' ^ / * - -. + = \lnot ~ \neg \land /\ \lor \/ ~> => [] <> ENABLED UNCHANGED SUBSET UNION DOMAIN ^+
^* ^# \cdot \equiv <=> -+-> /= # \subseteq \in \notin < \leq <= =< > \geq >= \times \X \ \intersect \cap
\union \cup ... .. | || && & $$ $ ?? %% % \mod ## ++ -- ** // ^^ @@ !! |- |= -| =| <: :> := ::= \oplus
(+) \ominus (-) \odot (.) \oslash (/) \otimes (\X) \uplus \sqcap \sqcup \div \wr \star \o \circ \bigcirc
\bullet \prec \succ \preceq \succeq \sim \simeq \ll \gg \asymp \subset \supset \supseteq \approx \cong
\sqsubset \sqsubseteq \sqsupset \sqsupseteq \doteq \propto STRING FALSE TRUE BOOLEAN
$AngleAct $BoundedChoose $BoundedExists $BoundedForall $CartesianProd $Case $ConjList $DisjList $Except
$FcnApply $FcnConstructor $IfThenElse $NonRecursiveFcnSpec $Pair $RcdConstructor $RcdSelect $RecursiveFcnSpec
$Seq $SetEnumerate $SetOfAll $SetOfFcns $SetOfRcds $SF $SquareAct $SubsetOf $TemporalExists $TemporalForall
$TemporalWhile $Tuple $UnboundedChoose $UnboundedExists $UnboundedForall $WF $Nop $Qed $Pfcase $Have $Take
$Pick $Witness $Suffices @ N_Body N_Module
`
  .trim()
  .split(/\s+/);

/** What it knows once every module is parsed, before it sees what string literals hold. */
export const SANY_WORDS_OF_ANALYSIS: readonly string[] = [
  '\\E',
  '\\A',
  '\\EE',
  '\\AA',
  'SF_',
  'WF_',
  'LAMBDA',
];
