import type { Server } from '../traces/trace-format.ts';

export type EngineName = 'replay' | 'native' | 'tlc';

/** A conjunct of the spec: a file of spec/raft, the definition it stands in, its text and line. */
export interface Conjunct {
  readonly module: string;
  readonly definition: string;
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Where the module is, if it is none of spec/raft. */
  readonly file?: string;
}

/** An expression of a conjunct and the value that it had, both as TLA+ text; long values are cut. */
export interface SeenValue {
  readonly text: string;
  readonly value: string;
}

/** A condition on whose value it rests that the spec's value is what it is. */
export interface DecidingCondition extends Conjunct {
  readonly holds: boolean;
  readonly values: readonly SeenValue[];
}

/** What an event records otherwise than the spec has it. Values are in the notation of the trace. */
export interface Difference {
  /** A variable of the server, `sends`, `releases`, or a choice of the action: `message`, `args.writes`. */
  readonly variable: string;
  /** Inside of the value what differs, such as `0.leaderCommit`; empty where all of it does. */
  readonly fields: readonly string[];
  readonly expected: unknown;
  /** Absent where the event does not mention it. */
  readonly recorded?: unknown;
  /** The value before the event, where the event does not mention the variable, which so says that it stays. */
  readonly before?: unknown;
}

/** Another step of the same server that explains the event better. */
export interface Suggestion {
  readonly action: string;
  /** The step with its arguments, for people. */
  readonly step: string;
  /** The message that it would receive, where it is another one. */
  readonly message?: string;
  /** What of the event it does not explain. */
  readonly differences: readonly Difference[];
}

/** A step that may have been taken before the event and not been recorded: after it, the event fits as it is. */
export interface MissingStep {
  readonly action: string;
  /** The step with its arguments, for people. */
  readonly step: string;
}

/** Why a trace is no behaviour of the spec: which event, and what of it. */
export interface Rejection {
  /** A code of docs/diagnostics.md. */
  readonly code: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The event's position in the order of the check, from 0. */
  readonly position: number;
  /** null for an event of the network. */
  readonly server: Server | null;
  readonly action: string;
  readonly message: string;
  readonly engine: EngineName;
  /** What replay says of the same event: the rule of Raft that it breaks. */
  readonly rule?: { readonly code: string; readonly message: string };
  readonly conjunct?: Conjunct;
  readonly variable?: string;
  readonly expected?: unknown;
  readonly recorded?: unknown;
  /** What would have been allowed, in words. */
  readonly allowed?: string;
  /** What the conjunct saw. */
  readonly values?: readonly SeenValue[];
  /** Why the value that the conjunct gives is what it is. */
  readonly because?: DecidingCondition;
  /** All that differs; `variable`, `expected` and `recorded` are those of the first. */
  readonly differences?: readonly Difference[];
  readonly suggestion?: Suggestion;
  readonly missing?: MissingStep;
  /** The steps that this server could have taken, with their arguments; a range stands for several. */
  readonly enabled?: readonly string[];
  /** The folder of the spec, if it is not the package's. */
  readonly spec?: string;
  /** A command that shows the event in full. */
  readonly again?: string;
}

/** What one engine says. `failed` is a fault of the tool, not of the trace. */
export type EngineVerdict =
  | { readonly verdict: 'accepted' }
  | { readonly verdict: 'rejected'; readonly rejection: Rejection }
  | {
      readonly verdict: 'inconclusive';
      readonly code: string;
      readonly message: string;
      /** How many events were judged, where that is not all that were read. */
      readonly events?: number;
    }
  | { readonly verdict: 'failed'; readonly code: string; readonly message: string };
