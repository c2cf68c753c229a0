import { ReplayEngine } from '../../checker/replay/replay-engine.ts';
import { openRecording } from '../../traces/open-recording.ts';
import type { RecordedEvent } from '../../traces/recording.ts';
import { TraceError } from '../../traces/trace-error.ts';
import type { Header } from '../../traces/trace-format.ts';

/** What reader and replay say of a trace. */
export type Judgement =
  | { readonly outcome: 'malformed'; readonly code: string }
  | {
      readonly outcome: 'rejected';
      readonly code: string;
      readonly position: number;
      /** The events up to the rejected one, it included. */
      readonly recorded: readonly RecordedEvent[];
    }
  | { readonly outcome: 'accepted'; readonly recorded: readonly RecordedEvent[] };

/**
 * Reads and replays a trace that is in memory. What is malformed after the event that replay rejects is not read, as in
 * `raftcheck check`.
 */
export async function judge(header: Header, events: readonly unknown[]): Promise<Judgement> {
  const recorded: RecordedEvent[] = [];
  try {
    const recording = await openRecording(
      { kind: 'merged', path: '-', files: ['-'] },
      { stdin: asStream(header, events) },
    );
    const engine = new ReplayEngine(recording.header);
    for await (const batch of recording.events) {
      for (const each of batch) {
        recorded.push(each);
        const rejection = engine.step(each);
        if (rejection !== undefined) {
          return { outcome: 'rejected', code: rejection.code, position: rejection.position, recorded };
        }
      }
    }
    return { outcome: 'accepted', recorded };
  } catch (error) {
    if (error instanceof TraceError) return { outcome: 'malformed', code: error.code };
    throw error;
  }
}

async function* asStream(header: Header, events: readonly unknown[]): AsyncGenerator<Uint8Array> {
  const lines = [header, ...events, { end: true, events: events.length }];
  yield Buffer.from(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}
