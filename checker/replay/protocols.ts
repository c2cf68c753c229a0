import type { RecordedEvent } from '../../traces/recording.ts';
import type { Header } from '../../traces/trace-format.ts';
import type { Rejection } from '../verdict.ts';
import type { ClusterState } from './cluster-state.ts';
import { type PropertyCheck, RAFT_PROPERTIES } from './properties-table.ts';
import { ReplayEngine } from './replay-engine.ts';

/** The re-execution of one run, event by event; see ReplayEngine. */
export interface Replay {
  readonly events: number;
  readonly finding: Rejection | undefined;
  step(recorded: RecordedEvent): Rejection | undefined;
  border(): ClusterState;
}

/** What replay knows of a protocol: another one is another entry of the table below, and nothing else here changes. */
export interface ReplayProtocol {
  /** Every property of the protocol's spec, and how replay sees to it. */
  readonly properties: Readonly<Record<string, PropertyCheck>>;
  readonly start: (header: Header) => Replay;
}

export const REPLAY_PROTOCOLS: Readonly<Record<Header['protocol'], ReplayProtocol>> = {
  raft: { properties: RAFT_PROPERTIES, start: (header) => new ReplayEngine(header) },
};
