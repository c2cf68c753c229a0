import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CORPUS_FOLDER, type CorpusTrace, readCorpus } from '../../traces/corpus-manifest.ts';
import { openRecording } from '../../traces/open-recording.ts';
import type { RecordedEvent, Recording } from '../../traces/recording.ts';
import { findRecordings } from '../../traces/recording-source.ts';
import type { Header } from '../../traces/trace-format.ts';
import { replay } from '../replay/replay.ts';
import { tlcForTests } from '../tlc/tlc.fixture.ts';
import { checkAllWithTlc } from '../tlc/tlc-engine.ts';
import type { EngineVerdict } from '../verdict.ts';

const { traces } = readCorpus();
const tlc = tlcForTests();

async function open({ file }: CorpusTrace): Promise<Recording> {
  const [source] = await findRecordings([join(CORPUS_FOLDER, file)]);
  if (source === undefined) throw new Error(`the corpus has no ${file}`);
  return openRecording(source);
}

/** What the corpus says of a trace, in the form of an engine's verdict. */
function expected(trace: CorpusTrace): unknown {
  if (trace.verdict === 'accepted') return { verdict: 'accepted' };
  const { line, server, action } = trace.rejection;
  return { verdict: 'rejected', rejection: { line, server, action } };
}

describe('the corpus', () => {
  it('has enough of each kind', () => {
    expect(traces.filter(({ verdict }) => verdict === 'rejected').length).toBeGreaterThanOrEqual(12);
    expect(traces.filter(({ verdict }) => verdict === 'accepted').length).toBeGreaterThanOrEqual(5);
  });

  it.each(traces)('replay: $file', async (trace) => {
    const seen = trace.verdict === 'accepted' || trace.seenBy.includes('replay');
    const { verdict } = await replay(await open(trace));
    expect(verdict).toMatchObject(seen ? Object(expected(trace)) : { verdict: 'accepted' });
  });
});

describe.skipIf(tlc === undefined)('the corpus, by TLC', () => {
  const verdicts = new Map<string, EngineVerdict>();

  beforeAll(async () => {
    if (tlc === undefined) return;
    // TLC judges recordings of the same cluster in one JVM, whose start costs more than all of them.
    const clusters = new Map<string, { file: string; header: Header; events: RecordedEvent[] }[]>();
    for (const trace of traces) {
      const { header, events } = await open(trace);
      const collected: RecordedEvent[] = [];
      for await (const batch of events) collected.push(...batch);
      const { servers, configuration, features, observed } = header;
      const cluster = JSON.stringify([servers, configuration, features, observed]);
      const group = clusters.get(cluster) ?? [];
      clusters.set(cluster, [...group, { file: trace.file, header, events: collected }]);
    }
    for (const group of clusters.values()) {
      const answers = await checkAllWithTlc(group, { jar: tlc, workers: 2 });
      for (const [index, { file }] of group.entries()) {
        const answer = answers[index];
        if (answer !== undefined) verdicts.set(file, answer);
      }
    }
  }, 240_000);

  it.each(traces)('TLC: $file', (trace) => {
    expect(verdicts.get(trace.file)).toMatchObject(Object(expected(trace)));
  });
});
