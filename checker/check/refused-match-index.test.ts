import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findRecordings } from '../../traces/recording-source.ts';
import type { Header, TraceEvent } from '../../traces/trace-format.ts';
import { HEADER } from '../tlc/recorded-run.fixture.ts';
import { tlcForTests } from '../tlc/tlc.fixture.ts';
import { checkRecording } from './check-recording.ts';
import { planEngines } from './engine-plan.ts';

const jar = tlcForTests();
const folder = mkdtempSync(join(tmpdir(), 'raftcheck-refusal-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A leader with an empty log. */
const LEADS: Header = {
  ...HEADER,
  unrecorded: ['s3'],
  initial: { s1: { currentTerm: 1, votedFor: 's1', role: 'leader', log: [] } },
};

async function check(engine: 'replay' | 'native' | 'tlc', success: boolean, matchIndex: number) {
  const answer: TraceEvent = {
    server: 's1',
    seq: 8,
    action: 'HandleAppendEntriesResponse',
    message: {
      id: 's3:9.0',
      from: 's3',
      to: 's1',
      type: 'AppendEntriesResponse',
      term: 1,
      success,
      matchIndex,
    },
  };
  const file = join(folder, `${engine}-${success}-${matchIndex}.ndjson`);
  writeFileSync(file, `${JSON.stringify(LEADS)}\n${JSON.stringify(answer)}\n`);
  const [source] = await findRecordings([file]);
  if (source === undefined) throw new Error('no run');
  const engines = await planEngines(engine, { jarFlag: jar?.path ?? '' });
  return (await checkRecording(source, { engines })).verdict;
}

const ENGINES = ['replay', 'native', ...(jar === undefined ? [] : (['tlc'] as const))] as const;

it.each(ENGINES)(
  'the matchIndex of a refusal says nothing, of a success it is held to the log, by %s',
  async (engine) => {
    expect(await check(engine, false, 4)).toBe('accepted');
    expect(await check(engine, false, 2 ** 31 - 1)).toBe('accepted');
    expect(await check(engine, true, 4)).toBe('rejected');
  },
);
