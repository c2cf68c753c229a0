import type { MessagePort } from 'node:worker_threads';
import type { Span } from '../syntax/span.ts';
import type { Activity } from './explore-report.ts';
import type { Finding, Stop } from './finding.ts';
import type { ModelLocation } from './model-module.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly location: ModelLocation;
  readonly self: number;
  /** To each worker; undefined at its own place. */
  readonly ports: readonly (MessagePort | undefined)[];
  readonly control: SharedArrayBuffer;
  readonly options: WorkerOptions;
}

export interface WorkerOptions {
  readonly continueAfterViolation: boolean;
  readonly maxStates: number;
  readonly maxMemoryBytes: number;
  readonly stopInterval: number;
}

/** From the coordinator to a worker. */
export type Command =
  | { readonly type: 'find initial states' }
  | { readonly type: 'explore level' }
  | { readonly type: 'tell state'; readonly index: number };

/** The end of a path; its last state is encoded. */
export interface EncodedEnd {
  readonly stored: number;
  readonly last: Uint8Array | undefined;
}

export interface EncodedFinding {
  readonly kind: Finding['kind'];
  readonly name: string;
  readonly end: EncodedEnd;
}

export interface EncodedFailure {
  readonly during: Activity;
  readonly code: string;
  readonly message: string;
  readonly span: Span | undefined;
  readonly end: EncodedEnd;
}

export interface WorkerCounts {
  readonly generated: number;
  readonly stored: number;
  readonly queue: number;
}

/** From a worker to the coordinator. */
export type Answer =
  | (WorkerCounts & { readonly type: 'progress' })
  | (WorkerCounts & {
      readonly type: 'level done';
      readonly stopped: Stop | undefined;
      readonly findings: readonly EncodedFinding[];
      readonly failure: EncodedFailure | undefined;
    })
  | { readonly type: 'state'; readonly predecessor: number; readonly state: Uint8Array };

/** From worker to worker. */
export type Delivery =
  | {
      /** Values that the receiver does not know yet: variable, number, value, and so on. */
      readonly dictionary: Uint8Array;
      /** States as rows of numbers, each followed by the number of its predecessor. */
      readonly rows: Int32Array;
    }
  /** There are no more rows in this level. */
  | 'end of level';
