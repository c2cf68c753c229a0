------------------------------ MODULE Bitwise ------------------------------
(* On natural numbers. *)
LOCAL INSTANCE Integers

(* The number whose bits are bit(x's, y's). *)
LOCAL Combined(bit(_, _), x, y) ==
  LET bits[m \in Nat, n \in Nat] ==
        IF m = 0 /\ n = 0 THEN 0
        ELSE bit(m % 2, n % 2) + 2 * bits[m \div 2, n \div 2]
  IN  bits[x, y]

x & y == Combined(LAMBDA a, b : a * b, x, y)
x | y == Combined(LAMBDA a, b : a + b - a * b, x, y)
x ^^ y == Combined(LAMBDA a, b : (a + b) % 2, x, y)

(* Of the bits up to the highest that is set: Not(5) = 2. *)
Not(a) == Combined(LAMBDA bit, other : 1 - bit, a, a)

shiftR(n, pos) ==
  LET shifted[m \in Int, k \in Nat] == IF k = 0 THEN m ELSE shifted[m \div 2, k - 1]
  IN  shifted[n, pos]
=============================================================================
