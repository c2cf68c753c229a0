/**
 * What SANY knows before it reads a module, in its order (tla2sany.configuration.Configuration): operators and built-in
 * names. A string that is spelled like one of them was seen before all others.
 */
export const SANY_WORDS: readonly string[] = String.raw`
[ . ' ^ / * - -. + = \lnot ~ \neg \land /\ \lor \/ ~> => [] <> ENABLED UNCHANGED SUBSET UNION DOMAIN ^+
^* ^# \cdot \equiv <=> -+-> /= # \subseteq \in \notin < \leq <= =< > \geq >= \times \X \ \intersect \cap
\union \cup ... .. | || && & $$ $ ?? %% % \mod ## ++ -- ** // ^^ @@ !! |- |= -| =| <: :> := ::= \oplus
(+) \ominus (-) \odot (.) \oslash (/) \otimes (\X) \uplus \sqcap \sqcup \div \wr \star \o \circ \bigcirc
\bullet \prec \succ \preceq \succeq \sim \simeq \ll \gg \asymp \subset \supset \supseteq \approx \cong
\sqsubset \sqsubseteq \sqsupset \sqsupseteq \doteq \propto STRING FALSE TRUE BOOLEAN
`
  .trim()
  .split(/\s+/);
