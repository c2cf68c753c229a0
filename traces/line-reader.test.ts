import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LineBatch, readLines } from './line-reader.ts';

async function* inChunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  // One memory for all chunks, as a reader of files has.
  const memory = new Uint8Array(Math.max(1, ...sizes));
  for (let start = 0, k = 0; start < bytes.length; k++) {
    const size = Math.min(sizes[k % sizes.length] ?? 1, bytes.length - start);
    memory.set(bytes.subarray(start, start + size));
    yield memory.subarray(0, size);
    start += size;
  }
}

async function read(text: string | Uint8Array, sizes: readonly number[] = [7], maxLineBytes = 1000) {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const batches: LineBatch[] = [];
  let fault: unknown;
  try {
    for await (const batch of readLines(inChunks(bytes, sizes), 'a.ndjson', { maxLineBytes }))
      batches.push(batch);
  } catch (error) {
    fault = error;
  }
  return { lines: batches.flatMap(({ lines }) => lines), last: batches.at(-1), batches, fault };
}

test('splits at newlines, however the bytes are cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }).map((line) => line.replaceAll('\n', ''))),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      async (lines, sizes) => {
        const result = await read(lines.map((line) => `${line}\n`).join(''), sizes);
        expect(result.fault).toBeUndefined();
        expect(result.lines).toEqual(lines);
        expect(result.last?.unterminated).toBeUndefined();
      },
    ),
  );
});

test('numbers the batches by their first line', async () => {
  const { batches } = await read('a\nb\nc\nd\n', [4]);
  let expected = 1;
  for (const { first, lines } of batches) {
    expect(first).toBe(expected);
    expected += lines.length;
  }
});

test('hands out what follows the last newline, marked', async () => {
  const { lines, last } = await read('one\ntwo\nthr');
  expect(lines).toEqual(['one', 'two', 'thr']);
  expect(last).toMatchObject({ first: 3, unterminated: 'valid' });
});

test('a character cut in two at the end is marked invalid', async () => {
  const { last, fault } = await read(Buffer.from('one\n\u00fc').subarray(0, 5));
  expect(fault).toBeUndefined();
  expect(last).toMatchObject({ first: 2, unterminated: 'invalid' });
});

test('bytes that are not UTF-8 are an error with their line, after the lines before', async () => {
  const { lines, fault } = await read(
    Buffer.concat([Buffer.from('one\ntwo\n'), Buffer.from([0xff, 0x0a])]),
    [64],
  );
  expect(lines).toEqual(['one', 'two']);
  expect(fault).toMatchObject({ code: 'RC1002', file: 'a.ndjson', line: 3 });
});

test.each([[[3]], [[4096]]])(
  'a line beyond the limit is an error with its line (chunks of %j)',
  async (sizes) => {
    const { lines, fault } = await read(`one\n${'x'.repeat(1001)}\ntwo\n`, sizes);
    expect(lines).toEqual(['one']);
    expect(fault).toMatchObject({ code: 'RC1004', file: 'a.ndjson', line: 2 });
  },
);

test('the limit counts bytes, and a line of just that many passes', async () => {
  expect((await read(`${'x'.repeat(1000)}\n`)).fault).toBeUndefined();
  expect((await read(`${'\u00fc'.repeat(500)}\n`)).fault).toBeUndefined();
  expect((await read(`${'\u00fc'.repeat(501)}\n`)).fault).toMatchObject({ code: 'RC1004' });
});

test('a file without newlines is given up after the limit, not read to its end', async () => {
  let handedOut = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    const chunk = new Uint8Array(100).fill(0x20);
    for (;;) {
      handedOut += chunk.length;
      yield chunk;
    }
  }
  const reading = readLines(endless(), '-', { maxLineBytes: 1000 });
  await expect(reading.next()).rejects.toMatchObject({ code: 'RC1004', file: '-', line: 1 });
  expect(handedOut).toBeLessThan(2000);
});
