import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findRecordings } from '../../traces/recording-source.ts';
import { checkRecording } from './check-recording.ts';
import { planEngines } from './engine-plan.ts';

async function check(name: string) {
  const [source] = await findRecordings([join(import.meta.dirname, 'recordings', name)]);
  if (source === undefined) throw new Error('no run');
  return checkRecording(source, { engines: await planEngines('auto') });
}

it('does not accept two leaders of one term, though the votes may be those of a server that recorded nothing', async () => {
  expect(await check('two-leaders.ndjson')).toMatchObject({
    verdict: 'inconclusive',
    error: { code: 'RC4010', message: expect.stringContaining('were both elected in term 1') },
    engines: { replay: { verdict: 'inconclusive' }, native: { verdict: 'accepted' } },
    notes: [{ code: 'RC7003' }],
  });
});

it('rejects what was received before its release, where the spec takes a twin for it and stumbles later', async () => {
  expect(await check('twin-then-rejected.ndjson')).toMatchObject({
    verdict: 'rejected',
    events: 22,
    rejection: { code: 'RC2004', engine: 'replay', line: 23 },
    engines: { native: { verdict: 'rejected', line: 24 } },
  });
});
