import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findRecordings } from '../../traces/recording-source.ts';
import type { TraceEvent } from '../../traces/trace-format.ts';
import { HEADER, STORY, TWINS } from '../tlc/recorded-run.fixture.ts';
import { tlcForTests } from '../tlc/tlc.fixture.ts';
import { checkRecording } from './check-recording.ts';
import type { TraceResult } from './check-result.ts';
import { planEngines } from './engine-plan.ts';

const jar = tlcForTests();
const folder = mkdtempSync(join(tmpdir(), 'raftcheck-equal-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What all three engines say of these events. */
async function check(name: string, events: readonly TraceEvent[]): Promise<TraceResult> {
  const file = join(folder, `${name}.ndjson`);
  const lines = [HEADER, ...events, { end: true, events: events.length }].map((line) => JSON.stringify(line));
  writeFileSync(file, `${lines.join('\n')}\n`);
  const [source] = await findRecordings([file]);
  if (source === undefined) throw new Error('no run');
  return checkRecording(source, { engines: await planEngines('all', { jarFlag: jar?.path ?? '' }) });
}

describe.skipIf(jar === undefined)('messages that say the same, by all engines', () => {
  it('are taken for one another by the spec, so only the rule about ids rejects', async () => {
    expect(await check('twins', TWINS)).toMatchObject({
      verdict: 'rejected',
      rejection: { code: 'RC2004', line: TWINS.length + 1 },
      engines: { native: { verdict: 'accepted' }, tlc: { verdict: 'accepted' } },
    });
  });

  it('may be received again after a recorded copy was lost', async () => {
    const lostCopy: readonly TraceEvent[] = [
      { action: 'DuplicateMessage', args: { id: 's2:3.0' } },
      { action: 'DropMessage', args: { id: 's2:3.0' } },
    ];
    expect(await check('lost-copy', STORY.toSpliced(12, 0, ...lostCopy))).toMatchObject({
      verdict: 'accepted',
      engines: {
        replay: { verdict: 'accepted' },
        native: { verdict: 'accepted' },
        tlc: { verdict: 'accepted' },
      },
    });
  });
});
