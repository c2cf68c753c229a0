import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CORPUS_FOLDER } from '../../traces/corpus-manifest.ts';
import { findRecordings } from '../../traces/recording-source.ts';
import { packageRoot } from '../package-root.ts';
import { tlcForTests } from '../tlc/tlc.fixture.ts';
import { checkRecording } from './check-recording.ts';
import { checkResult } from './check-result.ts';
import { planEngines } from './engine-plan.ts';
import type { NativeCheck } from './engines.ts';
import { renderCheck } from './render-check.ts';
import { writeVariant } from './user-spec.fixture.ts';
import { openUserSpec } from './user-spec.ts';

const BUNDLED = join(packageRoot(), 'spec', 'raft');
const OLD_TERM = join(CORPUS_FOLDER, 'rejected', 'bug-commit-old-term.ndjson');

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-spec-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A variant of what is said of replication. */
function variant(name: string, from: string, to: string): string {
  return writeVariant(join(folder, name), 'Replication.tla', from, to);
}

async function check(specFolder: string, engine: 'native' | 'tlc' = 'tlc') {
  const spec = openUserSpec(specFolder);
  const [source] = await findRecordings([OLD_TERM]);
  if (source === undefined) throw new Error('no run');
  const engines = await planEngines(engine, { spec, workers: 1 });
  return checkRecording(source, { engines, specFolder: spec.folder });
}

const native: NativeCheck = async () => ({ verdict: { verdict: 'accepted' } });
const loadNative = async () => native;
const spec = { folder: 'my-spec', sha256: 'sha256:0' };
const jarFlag = join(folder, 'no.jar');

describe('the folder of a spec', () => {
  it('has a hash that depends on what its modules say, wherever they come from', () => {
    const same = join(folder, 'same');
    mkdirSync(same);
    copyFileSync(join(BUNDLED, 'RaftTrace.tla'), join(same, 'RaftTrace.tla'));
    const whole = openUserSpec(BUNDLED);
    expect(whole.sha256).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(openUserSpec(same).sha256).toBe(whole.sha256);
    writeFileSync(join(same, 'Network.tla'), '---- MODULE Network ----\n====\n');
    expect(openUserSpec(same).sha256).not.toBe(whole.sha256);
  });

  it('is refused without RaftTrace.tla, and where there is none', () => {
    expect(() => openUserSpec(join(BUNDLED, 'models'))).toThrow(expect.objectContaining({ code: 'RC6104' }));
    expect(() => openUserSpec(join(folder, 'nowhere'))).toThrow(expect.objectContaining({ code: 'RC6104' }));
  });
});

describe('the engines for a spec of the user', () => {
  it.each([
    ['auto', true, 'off'],
    ['native', true, 'off'],
    ['tlc', false, 'broken'],
    ['all', true, 'broken'],
  ] as const)('%s is without replay, which says so', async (choice, runsNative, tlc) => {
    const plan = await planEngines(choice, { spec, loadNative, jarFlag });
    expect(plan).toMatchObject({ replay: false, tlc: { type: tlc }, notes: [{ code: 'RC7006' }] });
    expect(plan.native === native).toBe(runsNative);
  });

  it('need TLC where there is no native engine', async () => {
    const plan = await planEngines('auto', { spec, loadNative: undefined, jarFlag });
    expect(plan).toMatchObject({ replay: false, tlc: { type: 'broken' } });
  });

  it('are not replay: the command line makes no sense', async () => {
    await expect(planEngines('replay', { spec, loadNative })).rejects.toMatchObject({ code: 'RC6001' });
  });
});

it('the result names the spec', () => {
  const result = checkResult(
    [{ path: 'run.ndjson', events: 1, verdict: 'accepted', engines: {}, notes: [] }],
    spec,
  );
  expect(result.spec).toEqual(spec);
  expect(renderCheck(result)).toContain('my-spec  sha256:0');
});

it('a spec that native cannot evaluate is the input that is wrong, not native, and the place is named', async () => {
  const wrong = variant(
    'without-value',
    '/\\ log[s][i].term = currentTerm[s]',
    '/\\ log[s][i].term = <<>>[7]',
  );
  const line = readFileSync(join(wrong, 'Replication.tla'), 'utf8').split('<<>>[7]')[0]?.split('\n').length;
  await expect(check(wrong, 'native')).rejects.toMatchObject({
    code: 'RC1853',
    file: join(wrong, 'Replication.tla'),
    line,
    message: expect.stringContaining(`at AdvanceCommitIndex, `),
  });
});

it('a spec that leaves millions of states possible is inconclusive, and fills no memory', async () => {
  const anything = "/\\ hidden' \\in SUBSET (Server \\X Server)";
  const spec = writeVariant(join(folder, 'ambiguous'), 'RaftTrace.tla', '/\\ Hide(e)', anything);
  expect(await check(spec, 'native')).toMatchObject({
    verdict: 'inconclusive',
    error: { code: 'RC4301', message: expect.stringContaining('more than 1,000 states possible') },
  });
});

describe.skipIf(tlcForTests() === undefined)('a check against a spec of the user', () => {
  it('is by its modules, and by the own ones where it has none', { timeout: 60_000 }, async () => {
    const same = variant('unchanged', '====', '====');
    expect(await check(same)).toMatchObject({
      verdict: 'rejected',
      rejection: { engine: 'tlc', line: 145, spec: same },
    });
    const lax = variant('lax', '/\\ log[s][i].term = currentTerm[s]', '');
    expect(await check(lax)).toMatchObject({ verdict: 'accepted', notes: [{ code: 'RC7006' }] });
  });

  it('fails where its modules cannot be parsed or evaluated, and says where', {
    timeout: 60_000,
  }, async () => {
    const torn = variant('torn', '/\\ log[s][i].term = currentTerm[s]', '/\\ log[s][i].term = (');
    await expect(check(torn)).rejects.toMatchObject({ code: 'RC1901' });
    const wrong = variant('wrong', '/\\ log[s][i].term = currentTerm[s]', '/\\ log[s][i].term = <<>>[7]');
    await expect(check(wrong)).rejects.toMatchObject({ code: 'RC1903' });
  });
});
