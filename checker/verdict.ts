import type { Server } from '../traces/trace-format.ts';

export type EngineName = 'replay' | 'tlc';

/** A conjunct of the spec: a file of spec/raft, the definition it stands in, its text and line. */
export interface Conjunct {
  readonly module: string;
  readonly definition: string;
  readonly text: string;
  /** From 1. */
  readonly line: number;
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
  readonly conjunct?: Conjunct;
  readonly variable?: string;
  readonly expected?: unknown;
  readonly recorded?: unknown;
  /** What would have been allowed, in words. */
  readonly allowed?: string;
}

/** What one engine says. `failed` is a fault of the tool, not of the trace. */
export type EngineVerdict =
  | { readonly verdict: 'accepted' }
  | { readonly verdict: 'rejected'; readonly rejection: Rejection }
  | { readonly verdict: 'inconclusive'; readonly code: string; readonly message: string }
  | { readonly verdict: 'failed'; readonly code: string; readonly message: string };
