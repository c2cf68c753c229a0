import { checkAllWithTlc } from '../../checker/tlc/tlc-engine.ts';
import type { RecordedEvent } from '../../traces/recording.ts';
import type { Header } from '../../traces/trace-format.ts';

/** A mutated trace on which replay has spoken. */
export interface Judged {
  readonly header: Header;
  readonly recorded: readonly RecordedEvent[];
  /** The position that replay rejects; undefined: replay accepts. */
  readonly rejectedAt: number | undefined;
  readonly text: string;
}

/** How many events one JVM is given. */
const EVENTS_PER_RUN = 8000;

/**
 * Holds replay's verdicts against TLC's.
 *
 * @returns what is wrong: replay rejects what TLC accepts or rejects later (a false alarm), or accepts what TLC rejects
 */
export async function askTlc(
  judged: readonly Judged[],
  jar: { readonly path: string },
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const group of groupsOf(judged)) {
    const verdicts = await checkAllWithTlc(
      group.map(({ header, recorded }) => ({ header, events: recorded })),
      { jar },
    );
    for (const [at, { rejectedAt, text }] of group.entries()) {
      const verdict = verdicts[at];
      if (verdict?.verdict === 'accepted') {
        if (rejectedAt !== undefined) faults.push(`FALSE ALARM  ${text}`);
      } else if (verdict?.verdict === 'rejected') {
        const { position } = verdict.rejection;
        if (rejectedAt === undefined) faults.push(`only TLC     ${text} (event ${position})`);
        else if (position > rejectedAt) faults.push(`FALSE ALARM  ${text}: TLC rejects ${position} only`);
      } else {
        faults.push(`no verdict   ${text}: ${JSON.stringify(verdict)}`);
      }
    }
  }
  return faults;
}

function* groupsOf(judged: readonly Judged[]): Iterable<readonly Judged[]> {
  let group: Judged[] = [];
  let events = 0;
  for (const each of judged) {
    group.push(each);
    events += each.recorded.length;
    if (events < EVENTS_PER_RUN) continue;
    yield group;
    group = [];
    events = 0;
  }
  if (group.length > 0) yield group;
}
