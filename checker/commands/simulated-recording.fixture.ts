import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headerOf, type SimulationPlan, simulate } from '../../impl/simulator/simulate.ts';
import type { Draw } from '../../traces/merge.ts';
import { openRecording } from '../../traces/open-recording.ts';
import type { RecordedEvent, Recording } from '../../traces/recording.ts';
import type { Header, Server, TraceEvent } from '../../traces/trace-format.ts';

export type Plan = Omit<SimulationPlan, 'trace'>;

function toLines(header: Header, events: readonly TraceEvent[]): string {
  const lines = [header, ...events, { end: true, events: events.length }];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function eventsOf(plan: Plan): readonly TraceEvent[] {
  const events: TraceEvent[] = [];
  simulate({ ...plan, trace: (event) => events.push(event) });
  return events;
}

/** A simulated run, through the bytes of its trace, without what these servers would have recorded. */
export async function simulatedRecording(plan: Plan, unrecorded: readonly Server[] = []): Promise<Recording> {
  const events = eventsOf(plan).filter((event) =>
    'server' in event ? !unrecorded.includes(event.server) : unrecorded.length === 0,
  );
  const bytes = Buffer.from(toLines({ ...headerOf(plan, 'test'), unrecorded }, events));
  return openRecording(
    { path: '-', kind: 'merged', files: ['-'] },
    {
      stdin: (async function* () {
        yield bytes;
      })(),
    },
  );
}

/** All events of a recording. */
export async function collect(recording: Recording): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of recording.events) events.push(...batch);
  return events;
}

/** The files that the servers of a run would have recorded, each for itself. */
export class PerServerFiles {
  readonly #folder = mkdtempSync(join(tmpdir(), 'raftcheck-per-server-'));
  readonly #files: readonly string[];

  constructor(plan: Plan, alter: (event: TraceEvent) => TraceEvent = (event) => event) {
    const header = headerOf(plan, 'test');
    const events = eventsOf(plan).map(alter);
    this.#files = header.servers.map((server) => {
      const file = join(this.#folder, `${server}.ndjson`);
      const own = events.filter((event) => 'server' in event && event.server === server);
      writeFileSync(file, toLines({ ...header, server }, own));
      return file;
    });
  }

  /** The run, merged into the causal order that raftcheck always takes, or into one that is drawn. */
  open(draw?: Draw): Promise<Recording> {
    const source = { path: this.#folder, kind: 'perServer', files: this.#files } as const;
    return openRecording(source, draw === undefined ? {} : { draw });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
