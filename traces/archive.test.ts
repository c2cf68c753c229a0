import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { damageOf, TraceText } from './archive.ts';
import { type ByteSource, fileSource } from './byte-source.ts';
import { EVENTS, HEADER, traceText } from './election-trace.fixture.ts';
import { openRecording } from './open-recording.ts';
import type { RecordedEvent } from './recording.ts';
import { findRecordings } from './recording-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-archive-'));
afterAll(() => rmSync(folder, { recursive: true }));

const TEXT = traceText(HEADER, EVENTS);
const ARCHIVES = [
  ['gz', gzipSync],
  ['zst', zstdCompressSync],
] as const;

/** A source whose chunks share one memory, as a file's do. */
function inChunks(bytes: Uint8Array, size: number, name = 'run.ndjson'): ByteSource {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const memory = new Uint8Array(size);
    for (let start = 0; start < bytes.length; start += size) {
      const length = Math.min(size, bytes.length - start);
      memory.set(bytes.subarray(start, start + length));
      yield memory.subarray(0, length);
    }
  }
  return { name, chunks, rereadable: true };
}

async function decompress(bytes: Uint8Array, size: number, name?: string) {
  const text = new TraceText(inChunks(bytes, size, name));
  const parts: Buffer[] = [];
  let error: unknown;
  try {
    for await (const chunk of text.chunks()) parts.push(Buffer.from(chunk));
  } catch (caught) {
    error = caught;
  }
  return { text: Buffer.concat(parts).toString(), isTruncated: text.isTruncated, error };
}

async function read(path: string) {
  const [source] = await findRecordings([path]);
  if (source === undefined) throw new Error('no run');
  const events: RecordedEvent[] = [];
  try {
    const recording = await openRecording(source);
    for await (const batch of recording.events) events.push(...batch);
    return { events, ending: recording.ending(), kind: source.kind, error: undefined };
  } catch (error) {
    return { events, kind: source.kind, error };
  }
}

function write(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test.each(ARCHIVES)(
  'a %s archive that ends before its first line does so, and is not empty',
  async (name, compress) => {
    const { error } = await read(write(`short.ndjson.${name}`, compress(TEXT).subarray(0, 12)));
    expect(error).toMatchObject({
      code: 'RC1005',
      message: 'the archive ends in its midst, within the first line',
    });
  },
);

describe.each(ARCHIVES)('a .%s archive', (extension, compress) => {
  test('is the text that was compressed, however its bytes come in', async () => {
    const archive = compress(TEXT);
    for (const size of [1, 2, 3, 5, 64, archive.length - 1, archive.length, 100_000]) {
      expect(await decompress(archive, size)).toEqual({ text: TEXT, isTruncated: false, error: undefined });
    }
  });

  test('may be several, one behind another', async () => {
    const parts = [TEXT.slice(0, 700), '', TEXT.slice(700)].map((part) => compress(part));
    const archive = Buffer.concat(parts);
    const border = parts[0]?.length ?? 0;
    for (const size of [1, 7, border - 1, border, border + 1, archive.length]) {
      expect(await decompress(archive, size)).toEqual({ text: TEXT, isTruncated: false, error: undefined });
    }
  });

  test('cut off anywhere is a recording that was cut off, of a part of the text', async () => {
    const archive = Buffer.concat([compress(TEXT.slice(0, 700)), compress(TEXT.slice(700))]);
    const border = compress(TEXT.slice(0, 700)).length;
    for (let cut = 5; cut < archive.length; cut += 3) {
      const { text, isTruncated, error } = await decompress(archive.subarray(0, cut), 64);
      expect(error).toBeUndefined();
      expect(isTruncated).toBe(cut !== border);
      expect(TEXT.startsWith(text)).toBe(true);
      if (cut >= border) expect(text.length).toBeGreaterThanOrEqual(700);
    }
  });

  test('is told by its bytes, not by its name', async () => {
    expect((await decompress(compress(TEXT), 64, 'run.ndjson')).text).toBe(TEXT);
    for (const bytes of [TEXT, '', 'x', extension === 'gz' ? zstdCompressSync(TEXT) : gzipSync(TEXT)]) {
      const { text, error } = await decompress(Buffer.from(bytes), 64, `run.ndjson.${extension}`);
      expect(error).toMatchObject({ code: 'RC1051', file: `run.ndjson.${extension}` });
      expect(text).toBe('');
    }
  });

  test('is read as the recording that it holds, with its lines', async () => {
    const plain = await read(write('plain.ndjson', TEXT));
    const packed = write(`packed.ndjson.${extension}`, compress(TEXT));
    expect((await read(packed)).events).toEqual(plain.events.map((event) => ({ ...event, file: packed })));
    const lines = TEXT.split('\n');
    const torn = [...lines.slice(0, 5), '{"action":', ...lines.slice(6)].join('\n');
    expect((await read(write(`bad.ndjson.${extension}`, compress(torn)))).error).toMatchObject({
      code: 'RC1001',
      line: 6,
    });
  });

  test('is found in a folder of one file for each server', async () => {
    const run = join(folder, `run-${extension}`);
    mkdirSync(run);
    for (const server of HEADER.servers) {
      const events = EVENTS.filter((event) => 'server' in event && event.server === server);
      if (events.length === 0) continue;
      writeFileSync(
        join(run, `${server}.ndjson.${extension}`),
        compress(traceText({ ...HEADER, server }, events)),
      );
    }
    const { kind, error, ending } = await read(run);
    expect([kind, error, ending?.cutOff]).toEqual(['perServer', undefined, []]);
  });

  test('with something else behind it is damaged', async () => {
    const archive = Buffer.concat([compress(TEXT), Buffer.from('something else')]);
    for (const size of [1, archive.length - 14, archive.length]) {
      const { error } = await decompress(archive, size);
      expect(error).toMatchObject({ code: 'RC1050' });
    }
  });

  test('of little that becomes much ends at the limit of a line, in little memory', async () => {
    const path = write(`bomb.ndjson.${extension}`, compress(Buffer.alloc(200_000_000, 'x')));
    const before = process.memoryUsage.rss();
    expect((await read(path)).error).toMatchObject({ code: 'RC1004', line: 1 });
    expect(process.memoryUsage.rss() - before).toBeLessThan(150_000_000);
  });
});

test('an archive that lacks only its checksum is cut off, whatever its last line', async () => {
  const path = write('cut.ndjson.gz', gzipSync(TEXT).subarray(0, -3));
  const { events, ending } = await read(path);
  expect(events).toHaveLength(EVENTS.length);
  expect(ending).toMatchObject({ cutOff: [path], truncatedArchives: [path] });
});

test('a flipped bit is told at the end at the latest: by the checksum', async () => {
  const archive = gzipSync(TEXT);
  for (let at = 10; at < archive.length; at += 11) {
    const flipped = Buffer.from(archive);
    flipped.writeUInt8(flipped.readUInt8(at) ^ 4, at);
    const { error, isTruncated } = await decompress(flipped, 64);
    if (!isTruncated) expect(error).toMatchObject({ code: 'RC1050' });
    const path = write('flipped.ndjson', flipped);
    if (!isTruncated) expect(await damageOf(fileSource(path))).toMatchObject({ code: 'RC1050', file: path });
  }
});

test('zeros behind a gzip archive are padding', async () => {
  const padded = Buffer.concat([gzipSync(TEXT), Buffer.alloc(1000)]);
  for (const size of [1, 64, 100_000]) {
    expect(await decompress(padded, size)).toEqual({ text: TEXT, isTruncated: false, error: undefined });
  }
  const hidden = Buffer.concat([padded, gzipSync(TEXT)]);
  expect((await decompress(hidden, 64)).error).toMatchObject({ code: 'RC1050' });
});
