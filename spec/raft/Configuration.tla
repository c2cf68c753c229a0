---------------------------- MODULE Configuration ----------------------------
(***************************************************************************)
(* Who counts (section 6).  Every quorum of the spec goes through IsQuorum *)
(* with the configuration of the server that counts.  Here a configuration *)
(* never changes; where it becomes a value in the log, ConfigurationOf     *)
(* changes and nothing else.                                               *)
(***************************************************************************)
EXTENDS State

\* The configuration that server s uses: the latest that it knows.
ConfigurationOf(s) == InitialConfiguration

\* A majority of the configuration's voters; others do not count.
IsQuorum(servers, configuration) ==
    2 * Cardinality(servers \cap configuration.voters) > Cardinality(configuration.voters)
=============================================================================
