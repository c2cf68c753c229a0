import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { CORPUS_FOLDER } from '../../traces/corpus-manifest.ts';
import { findRecordings } from '../../traces/recording-source.ts';
import { checkRecording } from './check-recording.ts';
import { planEngines } from './engine-plan.ts';

const ACCEPTED = readFileSync(join(CORPUS_FOLDER, 'accepted', 'leader-crash.ndjson'));
const REJECTED = readFileSync(join(CORPUS_FOLDER, 'rejected', 'vote.ndjson'));

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-archives-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function check(name: string, bytes: Uint8Array) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const [source] = await findRecordings([path]);
  if (source === undefined) throw new Error('no run');
  return checkRecording(source, { engines: await planEngines('replay') });
}

describe('the check of an archive', () => {
  it.each([
    ['gz', gzipSync],
    ['zst', zstdCompressSync],
  ] as const)('judges what a .%s holds', async (extension, compress) => {
    expect(await check(`a.ndjson.${extension}`, compress(ACCEPTED))).toMatchObject({
      verdict: 'accepted',
      events: 113,
      notes: [],
    });
    expect(await check(`r.ndjson.${extension}`, compress(REJECTED))).toMatchObject({
      verdict: 'rejected',
      rejection: { line: 6 },
    });
  });

  it('says that one without its end was cut off', async () => {
    const { verdict, notes } = await check('cut.ndjson.gz', gzipSync(ACCEPTED).subarray(0, -9));
    expect(verdict).toBe('accepted');
    expect(notes).toMatchObject([{ code: 'RC7004' }]);
    expect(notes[0]?.message).toContain('cut.ndjson.gz is an archive that ends in its midst');
  });

  it('blames no event of one whose checksum does not fit: the archive is damaged', async () => {
    const archive = gzipSync(REJECTED);
    archive.writeUInt8(archive.readUInt8(archive.length - 8) ^ 1, archive.length - 8);
    expect(await check('damaged.ndjson.gz', archive)).toMatchObject({
      verdict: 'malformed',
      error: { code: 'RC1050' },
    });
  });

  it('reports the damage, not the line that it made unreadable', async () => {
    const noJson = gzipSync(Buffer.concat([ACCEPTED.subarray(0, 2000), Buffer.from('?\n')]));
    noJson.writeUInt8(noJson.readUInt8(noJson.length - 8) ^ 1, noJson.length - 8);
    expect(await check('torn.ndjson.gz', noJson)).toMatchObject({ error: { code: 'RC1050' } });
  });
});
