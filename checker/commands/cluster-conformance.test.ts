import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClusterReport, runCluster } from '../../impl/cluster/run-cluster.ts';
import { openRecording } from '../../traces/open-recording.ts';
import type { RecordedEvent, Recording } from '../../traces/recording.ts';
import { findRecordings } from '../../traces/recording-source.ts';
import { replay } from '../replay/replay.ts';
import { tlcForTests } from '../tlc/tlc.fixture.ts';
import { checkWithTlc } from '../tlc/tlc-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-conformance-'));
afterAll(() => rmSync(folder, { recursive: true }));

const jar = tlcForTests();

describe('a real cluster under kills at every awkward point, cuts and pauses', () => {
  const out = join(folder, 'run');
  let report: ClusterReport;

  beforeAll(async () => {
    report = await runCluster(
      {
        servers: 3,
        durationMs: 7000,
        folder: out,
        seed: 5,
        rate: 60,
        clients: 4,
        timing: { heartbeatMs: 50, electionTimeoutMs: 200 },
        faults: {
          killEveryMs: 1000,
          // Those first that let pending writes survive.
          killAt: ['fsync', 'persist-record', 'release', 'torn-write', 'write', 'torn-trace'],
          partitionEveryMs: 1500,
          pauseEveryMs: 2500,
        },
        version: 'test',
      },
      new AbortController().signal,
    );
  });

  test('gives its clients right answers', () => {
    expect(report.wrongAnswers).toEqual([]);
    expect(report.completed).toBeGreaterThan(0);
    expect(report.kills).toBeGreaterThan(2);
    expect(report.restarts).toBe(report.kills);
  });

  test('is a behaviour of the spec, says replay', async () => {
    const recording = await open(out);
    expect(await replay(recording)).toMatchObject({ verdict: { verdict: 'accepted' } });
    expect(recording.ending()).toEqual({ events: eventsOf(report), cutOff: [] });
  });

  test.skipIf(jar === undefined)('and says TLC', async () => {
    if (jar === undefined) return;
    const recording = await open(out);
    const { verdict } = await checkWithTlc(
      { header: recording.header, events: await allEvents(recording) },
      { jar, budgetMs: 100_000 },
    );
    expect(verdict).toEqual({ verdict: 'accepted' });
  });

  // One more would be no lie where the next write only appends: the spec lets its log be torn to nothing.
  test('a restart that hides a write that survived is rejected', async () => {
    const { path, line, text, writes } = findRestart(report);
    const original = readFileSync(path, 'utf8');
    const lines = original.split('\n');
    lines[line] = text.replace(`"args":{"writes":${writes}`, `"args":{"writes":${writes - 1}`);
    const changed = join(folder, 'changed');
    cpSync(out, changed, { recursive: true });
    writeFileSync(join(changed, basename(path)), lines.join('\n'));
    expect(await replay(await open(changed))).toMatchObject({
      verdict: { verdict: 'rejected', rejection: { action: 'Restart', line: line + 1 } },
    });
  });
});

async function open(path: string): Promise<Recording> {
  const [source, ...others] = await findRecordings([path]);
  if (source === undefined || others.length > 0) throw new Error(`${path} is not one run`);
  return openRecording(source);
}

async function allEvents(recording: Recording): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of recording.events) events.push(...batch);
  return events;
}

function eventsOf({ traces }: ClusterReport): number {
  return traces.reduce((sum, { events }) => sum + events, 0);
}

/** A restart that some of the pending writes survived; its line from 0. */
function findRestart({ traces }: ClusterReport) {
  for (const { path } of traces) {
    for (const [line, text] of readFileSync(path, 'utf8').split('\n').entries()) {
      const writes = Number(/"action":"Restart".*"args":\{"writes":(\d+)/.exec(text)?.[1] ?? 0);
      if (writes > 0) return { path, line, text, writes };
    }
  }
  throw new Error('no pending write survived any of the kills');
}
