import { replay } from '../../checker/replay/replay.ts';
import { openRecording } from '../../traces/open-recording.ts';
import type { RecordedEvent } from '../../traces/recording.ts';
import type { Header } from '../../traces/trace-format.ts';

/** What reader and replay say of a trace. */
export type Judgement =
  | { readonly outcome: 'malformed'; readonly code: string; readonly line: number | undefined }
  | { readonly outcome: 'rejected'; readonly code: string; readonly line: number }
  | { readonly outcome: 'accepted'; readonly recorded: readonly RecordedEvent[] };

/** Reads and replays a trace that is in memory. */
export async function judge(header: Header, events: readonly unknown[]): Promise<Judgement> {
  const lines = [header, ...events, { end: true, events: events.length }];
  const bytes = Buffer.from(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  try {
    const recording = await openRecording(
      { kind: 'merged', path: '-', files: ['-'] },
      {
        stdin: (async function* () {
          yield bytes;
        })(),
      },
    );
    const recorded: RecordedEvent[] = [];
    const { verdict } = await replay(recording, { onEvent: (event) => recorded.push(event) });
    if (verdict.verdict === 'accepted') return { outcome: 'accepted', recorded };
    if (verdict.verdict === 'rejected') {
      return { outcome: 'rejected', code: verdict.rejection.code, line: verdict.rejection.line };
    }
    throw new Error(`neither accepted nor rejected: ${verdict.message}`);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !('line' in error)) throw error;
    const line = typeof error.line === 'number' ? error.line : undefined;
    return { outcome: 'malformed', code: String(error.code), line };
  }
}
