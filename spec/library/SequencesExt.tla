---------------------------- MODULE SequencesExt ----------------------------
EXTENDS Bags, FiniteSets, FiniteSetsExt, Folds, Functions, Naturals, Sequences, TLC
LOCAL INSTANCE Integers
LOCAL INSTANCE RaftcheckIteration

LOCAL Indices(s) == 1..Len(s)
LOCAL Least(S) == CHOOSE x \in S : \A y \in S : x <= y
LOCAL Greatest(S) == CHOOSE x \in S : \A y \in S : y <= x

-----------------------------------------------------------------------------
(* Sets, bags and sequences                                                  *)

ToSet(s) == {s[i] : i \in DOMAIN s}
ToBag(s) == [x \in ToSet(s) |-> Cardinality({i \in DOMAIN s : s[i] = x})]

(* The elements of S, each once, in CHOOSE's order. *)
SetToSeq(S) == Elements(S)
SetToSortSeq(S, op(_, _)) == SortSeq(Elements(S), op)

(* All sequences that hold each element of S once. *)
SetToSeqs(S) ==
  LET longer(i, seqs) == UNION {{Append(s, x) : x \in S \ ToSet(s)} : s \in seqs}
  IN  Iterated(longer, 1, Cardinality(S), {<<>>})
SetToAllKPermutations(S) == UNION {SetToSeqs(T) : T \in SUBSET S}

TupleOf(set, n) == [1..n -> set]
SeqOf(set, n) == UNION {TupleOf(set, k) : k \in 0..n}
BoundedSeq(S, n) == SeqOf(S, n)

-----------------------------------------------------------------------------
(* Elements                                                                  *)

Contains(s, e) == \E i \in Indices(s) : s[i] = e
IsSorted(s, op(_, _)) == \A j \in Indices(s) : \A i \in 1..j - 1 : op(s[i], s[j])

(* The index of the first or last element that passes the test; 0 if none does. *)
SelectInSubSeq(seq, from, to, Test(_)) ==
  LET found == {i \in from..to : Test(seq[i])}
  IN  IF found = {} THEN 0 ELSE Least(found)
SelectLastInSubSeq(seq, from, to, Test(_)) ==
  LET found == {i \in from..to : Test(seq[i])}
  IN  IF found = {} THEN 0 ELSE Greatest(found)
SelectInSeq(seq, Test(_)) == SelectInSubSeq(seq, 1, Len(seq), Test)
SelectLastInSeq(seq, Test(_)) == SelectLastInSubSeq(seq, 1, Len(seq), Test)

Front(s) == SubSeq(s, 1, Len(s) - 1)
Last(s) == s[Len(s)]

(* a modulo b, among 1..b instead of 0..b - 1. *)
SeqMod(a, b) == ((a - 1) % b) + 1

-----------------------------------------------------------------------------
(* Sequences with some elements changed                                      *)

Reverse(s) == LET n == Len(s) IN [i \in 1..n |-> s[n + 1 - i]]
Cons(elt, seq) == <<elt>> \o seq
Snoc(elt, seq) == Append(seq, elt)

InsertAt(s, i, e) == Append(SubSeq(s, 1, i - 1), e) \o SubSeq(s, i, Len(s))
ReplaceAt(s, i, e) == [s EXCEPT ![i] = e]
RemoveAt(s, i) == SubSeq(s, 1, i - 1) \o SubSeq(s, i + 1, Len(s))

Remove(s, e) == SelectSeq(s, LAMBDA x : x # e)
ReplaceAll(s, old, new) == [i \in Indices(s) |-> IF s[i] = old THEN new ELSE s[i]]
RemoveFirstMatch(s, Test(_)) ==
  LET i == SelectInSeq(s, Test)
  IN  IF i = 0 THEN s ELSE RemoveAt(s, i)
RemoveFirst(s, e) == RemoveFirstMatch(s, LAMBDA x : x = e)

-----------------------------------------------------------------------------
(* Beginnings and ends                                                       *)

IsPrefix(s, t) == Len(s) <= Len(t) /\ s = SubSeq(t, 1, Len(s))
IsStrictPrefix(s, t) == s # t /\ IsPrefix(s, t)
IsSuffix(s, t) == Len(s) <= Len(t) /\ s = SubSeq(t, Len(t) - Len(s) + 1, Len(t))
IsStrictSuffix(s, t) == s # t /\ IsSuffix(s, t)

Prefixes(s) == {SubSeq(s, 1, n) : n \in 0..Len(s)}
Suffixes(s) == {SubSeq(s, i, Len(s)) : i \in 1..Len(s) + 1}
CommonPrefixes(S) ==
  {p \in UNION {Prefixes(s) : s \in S} : \A s \in S : IsPrefix(p, s)}
(* An error if S is empty. *)
LongestCommonPrefix(S) ==
  LET s == CHOOSE s \in S : TRUE
      lengths == {n \in 0..Len(s) : \A t \in S : IsPrefix(SubSeq(s, 1, n), t)}
  IN  SubSeq(s, 1, Greatest(lengths))

-----------------------------------------------------------------------------
(* Folds                                                                     *)

(* op(op(op(base, s[1]), s[2]), ...) *)
FoldLeft(op(_, _), base, seq) == Iterated(LAMBDA i, acc : op(acc, seq[i]), 1, Len(seq), base)
(* op(s[1], op(s[2], ... op(s[n], base))) *)
FoldRight(op(_, _), seq, base) ==
  LET n == Len(seq)
  IN  Iterated(LAMBDA i, acc : op(seq[n + 1 - i], acc), 1, n, base)
(* op(s[n], ... op(s[2], op(s[1], base))); for an op that is commutative and *)
(* associative it does not matter.                                           *)
FoldSeq(op(_, _), base, seq) == IteratedOver(LAMBDA x, acc : op(seq[x], acc), DOMAIN seq, base)

(* The same over 1..n. *)
FoldLeftDomain(op(_, _), base, seq) == Iterated(LAMBDA i, acc : op(acc, i), 1, Len(seq), base)
FoldRightDomain(op(_, _), seq, base) ==
  LET n == Len(seq)
  IN  Iterated(LAMBDA i, acc : op(n + 1 - i, acc), 1, n, base)

-----------------------------------------------------------------------------
(* Sequences of sequences                                                    *)

(* It begins with the first one, not with <<>>, as that may be a string. *)
FlattenSeq(seqs) ==
  IF Len(seqs) = 0 THEN seqs
  ELSE Iterated(LAMBDA i, all : all \o seqs[i], 2, Len(seqs), seqs[1])

(* Pairs, as many as the shorter one has elements. *)
Zip(s, t) == [i \in 1..(IF Len(s) < Len(t) THEN Len(s) ELSE Len(t)) |-> <<s[i], t[i]>>]

(* <<s[1]>>, <<t[1]>>, <<s[2]>>, ...; an error for different lengths. *)
Interleave(s, t) ==
  CASE Len(s) = Len(t) ->
    [i \in 1..2 * Len(s) |-> IF i % 2 = 1 THEN <<s[(i + 1) \div 2]>> ELSE <<t[i \div 2]>>]

-----------------------------------------------------------------------------
(* Parts of sequences: those of SubSeqs have no gaps, those of AllSubSeqs may *)

SubSeqs(s) == UNION {{SubSeq(s, i, j) : j \in i - 1..Len(s)} : i \in 1..Len(s) + 1}
AllSubSeqs(s) ==
  LET longer(i, all) == all \cup {Append(part, s[i]) : part \in all}
  IN  Iterated(longer, 1, Len(s), {<<>>})

LOCAL IsAt(s, i, t) == SubSeq(t, i, i + Len(s) - 1) = s

(* Where s begins in t, the first time; an error if it does not occur. *)
IndexFirstSubSeq(s, t) == Least({i \in 1..Len(t) - Len(s) + 1 : IsAt(s, i, t)})

(* t with r instead of the s that begins at i, of the first s, of each s. *)
ReplaceSubSeqAt(i, r, s, t) == SubSeq(t, 1, i - 1) \o r \o SubSeq(t, i + Len(s), Len(t))
ReplaceFirstSubSeq(r, s, t) ==
  IF s \in SubSeqs(t) THEN ReplaceSubSeqAt(IndexFirstSubSeq(s, t), r, s, t) ELSE t
(* From left to right, without overlaps; an empty s is replaced before each   *)
(* element. What is done so far is <<the text, how much of t to leave out>>. *)
ReplaceAllSubSeqs(r, s, t) ==
  LET isHere(i) == i + Len(s) - 1 <= Len(t) /\ IsAt(s, i, t)
      step(i, done) ==
        CASE Len(s) = 0 -> <<done[1] \o r \o SubSeq(t, i, i), 0>>
          [] Len(s) > 0 /\ done[2] > 0 -> <<done[1], done[2] - 1>>
          [] Len(s) > 0 /\ done[2] = 0 ->
               IF isHere(i) THEN <<done[1] \o r, Len(s) - 1>>
               ELSE <<done[1] \o SubSeq(t, i, i), 0>>
  IN  IF s = t THEN r ELSE Iterated(step, 1, Len(t), <<SubSeq(t, 1, 0), 0>>)[1]
=============================================================================
