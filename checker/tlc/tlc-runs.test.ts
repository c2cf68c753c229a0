import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ClusterState, FullServerState } from '../replay/cluster-state.ts';
import { BORDER, ENTRY, HEADER, recordedEvents, STORY, SUCCESS } from './recorded-run.fixture.ts';
import { tlcForTests } from './tlc.fixture.ts';
import { checkAllWithTlc, checkWithTlc, type TlcCheckOptions } from './tlc-engine.ts';

const jar = tlcForTests() ?? { path: '' };
const CUT: Partial<TlcCheckOptions> = { workers: 2, minEventsPerChunk: 5 };

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'raftcheck-runs-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function check(options: Partial<TlcCheckOptions>, borders: readonly ClusterState[] = [], trace = STORY) {
  return checkWithTlc({ header: HEADER, events: recordedEvents(trace), borders }, { jar, ...options });
}

function borderWith(server: string, fields: Partial<FullServerState>): ClusterState {
  const state = BORDER.servers[server];
  if (state === undefined) throw new Error(server);
  return { ...BORDER, servers: { ...BORDER.servers, [server]: { ...state, ...fields } } };
}

describe.skipIf(jar.path === '')('a recording in parts', () => {
  test('is accepted in one JVM, and in several', async () => {
    expect(await check(CUT, [BORDER])).toMatchObject({
      verdict: { verdict: 'accepted' },
      runs: 1,
      chunks: 2,
    });
    expect(await check({ maxEventsPerRun: 11 }, [BORDER])).toMatchObject({
      verdict: { verdict: 'accepted' },
      runs: 2,
      chunks: 2,
    });
  });

  test('is rejected in the part where the fault is', async () => {
    const corrupt = (position: number) =>
      STORY.map((event, index) => (index === position ? { ...event, state: { currentTerm: 9 } } : event));
    expect(await check(CUT, [BORDER], corrupt(14))).toMatchObject({
      verdict: { rejection: { position: 14 } },
    });
    expect(await check(CUT, [BORDER], corrupt(5))).toMatchObject({ verdict: { rejection: { position: 5 } } });
  });

  // Nobody trusts a border: every variable of it is compared, so each of these is noticed.
  test('is neither accepted nor rejected from a wrong state', async () => {
    const write = { currentTerm: 1, votedFor: 's1', log: [ENTRY] };
    const borders = [
      borderWith('s3', { currentTerm: 1 }),
      borderWith('s3', { votedFor: 's1' }),
      borderWith('s1', { log: [] }),
      borderWith('s2', { role: 'candidate' }),
      borderWith('s2', { commitIndex: 1 }),
      borderWith('s2', { votesGranted: ['s1'] }),
      borderWith('s1', { nextIndex: { s2: 1, s3: 1 } }),
      borderWith('s1', { matchIndex: { s2: 1, s3: 0 } }),
      borderWith('s1', { disk: write }),
      borderWith('s2', { pending: [] }),
      borderWith('s2', { pending: [{ write, promised: [SUCCESS, SUCCESS] }] }),
    ];
    const traces = borders.map((border) => ({
      header: HEADER,
      events: recordedEvents(STORY),
      borders: [border],
    }));
    const keepFolder = await temporaryFolder();
    const verdicts = await checkAllWithTlc(traces, { jar, ...CUT, keepFolder });
    expect(verdicts.map((verdict) => ('code' in verdict ? verdict.code : verdict.verdict))).toEqual(
      borders.map(() => 'RC5009'),
    );
  });
});

describe.skipIf(jar.path === '')('a run of TLC on a recording', () => {
  test('that comes to no end is inconclusive', async () => {
    expect(await check({ budgetMs: 50 })).toMatchObject({
      verdict: { verdict: 'inconclusive', code: 'RC4001' },
    });
    const signal = AbortSignal.timeout(50);
    expect(await check({ signal })).toMatchObject({ verdict: { verdict: 'inconclusive', code: 'RC4002' } });
  });

  test('that cannot be evaluated is a failure, and what TLC was given is kept', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'RaftTrace.tla'), '---- MODULE RaftTrace ----\n\\* nothing\n====\n');
    const { verdict, keptIn } = await check({ specFolder: folder });
    onTestFinished(() => rm(keptIn ?? '', { recursive: true, force: true }));
    expect(verdict).toMatchObject({ verdict: 'failed', code: 'RC5006' });
    expect(await readdir(keptIn ?? '')).toEqual(
      expect.arrayContaining(['RecordedTrace.tla', 'RecordedTrace.cfg', 'tlc-result.json']),
    );
  });

  test('keeps what TLC was given where it is asked to, and else leaves nothing', async () => {
    const keepFolder = await temporaryFolder();
    const { keptIn } = await check({ keepFolder });
    expect(keptIn).toBe(keepFolder);
    expect(await readFile(join(keepFolder, 'run-1', 'RecordedTrace.tla'), 'utf8')).toContain(
      'EXTENDS RaftTrace',
    );
    expect(await check({})).not.toHaveProperty('keptIn');
  });
});
