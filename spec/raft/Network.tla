------------------------------ MODULE Network ------------------------------
(***************************************************************************)
(* The network is a bag of the contents of messages: it may lose,          *)
(* duplicate and reorder them, never alter them.                           *)
(***************************************************************************)
EXTENDS State

NoMessages == EmptyBag
Just(m)    == SetToBag({m})

InFlight(m)     == BagIn(m, network)
NetworkLess(m)  == network (-) Just(m)

\* The message is lost.
DropMessage(m) ==
    /\ InFlight(m)
    /\ network' = NetworkLess(m)
    /\ UNCHANGED <<persistentVariables, volatileVariables, storageVariables>>

\* A second copy of the message is in flight.
DuplicateMessage(m) ==
    /\ InFlight(m)
    /\ network' = network (+) Just(m)
    /\ UNCHANGED <<persistentVariables, volatileVariables, storageVariables>>
=============================================================================
