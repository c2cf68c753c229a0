import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { CORPUS_FOLDER } from '../../traces/corpus-manifest.ts';
import { findRecordings } from '../../traces/recording-source.ts';
import { tlcForTests } from '../tlc/tlc.fixture.ts';
import type { EngineVerdict } from '../verdict.ts';
import { type CheckOptions, checkRecording } from './check-recording.ts';
import { type EnginePlan, planEngines } from './engine-plan.ts';
import { engineChoices, type NativeCheck } from './engines.ts';

const ACCEPTED = join(CORPUS_FOLDER, 'accepted', 'leader-crash.ndjson');
const REJECTED = join(CORPUS_FOLDER, 'rejected', 'vote.ndjson');

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-three-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An engine that reads all, or up to the event that it rejects. */
function nativeThat(verdict: EngineVerdict): NativeCheck {
  return async (recording) => {
    for await (const batch of recording.events) {
      const rejected = verdict.verdict === 'rejected' ? verdict.rejection.position : -1;
      if (batch.some(({ position }) => position === rejected)) break;
    }
    return { verdict };
  };
}

function rejectedAt(position: number): EngineVerdict {
  return {
    verdict: 'rejected',
    rejection: {
      code: 'RC3201',
      file: ACCEPTED,
      line: position + 2,
      position,
      server: 's1',
      action: 'Timeout',
      message: 'no',
      engine: 'native',
    },
  };
}

async function check(path: string, native: NativeCheck, options: Partial<CheckOptions> = {}) {
  const [source] = await findRecordings([path]);
  if (source === undefined) throw new Error('no run');
  const engines = await planEngines('auto', { loadNative: async () => native });
  return checkRecording(source, { engines, ...options });
}

describe('the plan', () => {
  const native = nativeThat({ verdict: 'accepted' });
  const loadNative = async () => native;

  it('is replay and native where native exists, without TLC', async () => {
    expect(await planEngines('auto', { loadNative })).toEqual({ replay: true, native, tlc: { type: 'off' } });
    expect(await planEngines('native', { loadNative })).toEqual({
      replay: false,
      native,
      tlc: { type: 'off' },
    });
    expect(await planEngines('replay', { loadNative })).toEqual({ replay: true, tlc: { type: 'off' } });
    const all = await planEngines('all', { loadNative, jarFlag: join(folder, 'no.jar') });
    expect(all).toMatchObject({ replay: true, native, tlc: { type: 'broken' } });
  });

  it('offers native only where it exists', async () => {
    expect(engineChoices(loadNative)).toContain('native');
    vi.stubEnv('RAFTCHECK_CACHE', folder);
    vi.stubEnv('RAFTCHECK_TLC_JAR', '');
    const without = await planEngines('auto', { loadNative: undefined });
    vi.unstubAllEnvs();
    expect(without).toMatchObject({ replay: true, tlc: { type: 'missing', note: { code: 'RC7005' } } });
    expect(without.native).toBeUndefined();
    await expect(planEngines('native', { loadNative: undefined })).rejects.toMatchObject({ code: 'RC6001' });
  });
});

describe('a check with replay and native', () => {
  it('is accepted by both, in one pass', async () => {
    const result = await check(ACCEPTED, nativeThat({ verdict: 'accepted' }));
    expect(result).toMatchObject({
      verdict: 'accepted',
      events: 113,
      engines: { replay: { verdict: 'accepted' }, native: { verdict: 'accepted' } },
    });
    expect(result.kept).toBeUndefined();
  });

  it('is rejected where native rejects what replay accepts', async () => {
    expect(await check(ACCEPTED, nativeThat(rejectedAt(40)))).toMatchObject({
      verdict: 'rejected',
      events: 41,
      rejection: { engine: 'native', position: 40 },
    });
  });

  it('fails where native accepts what replay rejects, and keeps what both said where the message says', async () => {
    const result = await check(REJECTED, nativeThat({ verdict: 'accepted' }));
    expect(result).toMatchObject({ verdict: 'failed', error: { code: 'RC5010' } });
    const kept = result.kept ?? '';
    try {
      expect(result.error?.message).toContain(kept);
      expect(readdirSync(kept).sort()).toEqual(['native.json', 'replay.json']);
      expect(JSON.parse(readFileSync(join(kept, 'replay.json'), 'utf8'))).toMatchObject({
        verdict: 'rejected',
      });
    } finally {
      rmSync(kept, { recursive: true });
    }
  });

  it('is inconclusive where native does not support something, and fails where its code says so', async () => {
    const refusing: NativeCheck = async () => {
      throw Object.assign(new Error('no temporal formulas'), { code: 'RC4201' });
    };
    expect(await check(ACCEPTED, refusing)).toMatchObject({
      verdict: 'inconclusive',
      error: { code: 'RC4201' },
      engines: { replay: { verdict: 'accepted' }, native: { verdict: 'inconclusive' } },
    });
    const faulty: NativeCheck = async () => {
      throw Object.assign(new Error('no such module'), { code: 'RC1801' });
    };
    await expect(check(ACCEPTED, faulty)).rejects.toMatchObject({ code: 'RC1801' });
  });

  it('says nothing of an end that nobody has seen', async () => {
    const path = join(folder, 'no-end.ndjson');
    const lines = readFileSync(ACCEPTED, 'utf8').split(/(?<=\n)/);
    writeFileSync(path, lines.slice(0, -1).join(''));
    const failing: NativeCheck = async () => ({
      verdict: { verdict: 'failed', code: 'RC5001', message: 'crashed' },
    });
    const [source] = await findRecordings([path]);
    if (source === undefined) throw new Error('no run');
    const alone = { replay: false, native: failing, tlc: { type: 'off' } } as const;
    expect(await checkRecording(source, { engines: alone })).toMatchObject({ verdict: 'failed', notes: [] });
    const broken = { replay: false, tlc: { type: 'broken', code: 'RC5003', message: 'no jar' } } as const;
    expect(await checkRecording(source, { engines: broken })).toMatchObject({ verdict: 'failed', notes: [] });
    expect(await check(path, nativeThat({ verdict: 'accepted' }))).toMatchObject({
      verdict: 'accepted',
      notes: [{ code: 'RC7004' }],
    });
  });

  it('leaves TLC out where the time did not suffice to read all, and says so', async () => {
    const slow: NativeCheck = async () => ({
      verdict: { verdict: 'inconclusive', code: 'RC4001', message: 'time is up' },
    });
    const engines: EnginePlan = {
      replay: false,
      native: slow,
      tlc: { type: 'run', jar: { path: join(folder, 'no.jar') }, workers: 1 },
    };
    const [source] = await findRecordings([ACCEPTED]);
    if (source === undefined) throw new Error('no run');
    const result = await checkRecording(source, { engines, budgetMs: 0.001 });
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      error: { code: 'RC4001', message: 'time is up' },
      notes: [{ code: 'RC7005' }],
    });
    expect(Object.keys(result.engines)).toEqual(['native']);
  });

  it.skipIf(tlcForTests() === undefined)(
    'asks TLC about all of what native gives up on',
    { timeout: 60_000 },
    async () => {
      const refusing: NativeCheck = async () => {
        throw Object.assign(new Error('RandomElement is not supported'), { code: 'RC4251' });
      };
      const plan = await planEngines('all', { loadNative: async () => refusing, workers: 1 });
      for (const [path, verdict] of [
        [ACCEPTED, 'accepted'],
        [REJECTED, 'rejected'],
      ] as const) {
        const [source] = await findRecordings([path]);
        if (source === undefined) throw new Error('no run');
        expect(await checkRecording(source, { engines: { ...plan, replay: false } })).toMatchObject({
          verdict,
          engines: { native: { verdict: 'inconclusive', code: 'RC4251' }, tlc: { verdict } },
        });
      }
    },
  );

  it('keeps what the engines said in the folder that was named, whatever the verdict', async () => {
    const keepFolder = join(folder, 'kept', 'deep');
    const result = await check(ACCEPTED, nativeThat({ verdict: 'accepted' }), { keepFolder });
    expect(result).toMatchObject({ verdict: 'accepted', kept: keepFolder });
    expect(readdirSync(keepFolder).sort()).toEqual(['native.json', 'replay.json']);
  });
});
