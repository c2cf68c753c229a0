---- MODULE DyadicRationals ----
(* Fractions in lowest terms whose denominators are powers of two. *)
LOCAL INSTANCE Integers
LOCAL INSTANCE Sequences
LOCAL INSTANCE TLC
LOCAL Fraction(num, den) == [num |-> num, den |-> den]
LOCAL LowestTerms(num, den) ==
  LET common == {i \in 0..30 : num % 2 ^ i = 0 /\ den % 2 ^ i = 0}
      most   == CHOOSE i \in common : \A j \in common : j <= i
  IN  Fraction(num \div 2 ^ most, den \div 2 ^ most)
Zero == Fraction(0, 1)
One == Fraction(1, 1)
IsDyadicRational(r) == \E i \in 0..30 : r.den = 2 ^ i
Half(p) == LowestTerms(p.num, 2 * p.den)
Add(p, q) ==
  LET den == IF p.den > q.den THEN p.den ELSE q.den
  IN  LowestTerms(p.num * (den \div p.den) + q.num * (den \div q.den), den)
PrettyPrint(p) ==
  CASE p = Zero -> "0"
    [] p = One  -> "1"
    [] OTHER    -> ToString(p.num) \o "/" \o ToString(p.den)
====
