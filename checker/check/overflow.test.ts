import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findRecordings } from '../../traces/recording-source.ts';
import type { Header, TraceEvent } from '../../traces/trace-format.ts';
import { HEADER } from '../tlc/recorded-run.fixture.ts';
import { tlcForTests } from '../tlc/tlc.fixture.ts';
import { checkRecording } from './check-recording.ts';
import { planEngines } from './engine-plan.ts';

const jar = tlcForTests();
const folder = mkdtempSync(join(tmpdir(), 'raftcheck-overflow-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A follower in mid-life whose term the spec cannot add 1 to. */
const FULL: Header = {
  ...HEADER,
  initial: { s1: { currentTerm: 2 ** 31 - 1, votedFor: null, role: 'follower', log: [] } },
};
const EVENT: TraceEvent = {
  server: 's1',
  seq: 8,
  action: 'Timeout',
  state: { role: 'candidate', votedFor: 's1' },
};

async function check(engine: 'native' | 'tlc' | 'all') {
  const file = join(folder, `${engine}.ndjson`);
  writeFileSync(file, `${JSON.stringify(FULL)}\n${JSON.stringify(EVENT)}\n`);
  const [source] = await findRecordings([file]);
  if (source === undefined) throw new Error('no run');
  return checkRecording(source, { engines: await planEngines(engine, { jarFlag: jar?.path ?? '' }) });
}

const UNDECIDED = { verdict: 'inconclusive', error: { code: 'RC4101' } };

describe('what cannot be computed from the numbers of a trace', () => {
  it('is not decided by native', async () => {
    expect(await check('native')).toMatchObject(UNDECIDED);
  });

  it.skipIf(jar === undefined)('nor by TLC, and hides nothing that replay finds', async () => {
    expect(await check('tlc')).toMatchObject(UNDECIDED);
    expect(await check('all')).toMatchObject({ verdict: 'rejected', rejection: { code: 'RC2021', line: 2 } });
  });
});
