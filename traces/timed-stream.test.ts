import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { streamSource } from './byte-source.ts';
import { timedStream } from './timed-stream.ts';

async function read(stream: AsyncIterable<Uint8Array>, budgetMs: number): Promise<string> {
  let text = '';
  for await (const chunk of timedStream(streamSource('-', stream), performance.now() + budgetMs).chunks())
    text += Buffer.from(chunk).toString();
  return text;
}

/** Hands out a chunk, and then nothing, without an end. */
function hanging(): Readable {
  const stream = new Readable({ read() {} });
  stream.push('one ');
  return stream;
}

describe('a stream that has a time', () => {
  it('is read to its end where that comes in time', async () => {
    expect(await read(Readable.from([Buffer.from('one '), Buffer.from('two')]), 60_000)).toBe('one two');
  });

  it('that does not end is an error, and closed, so that it keeps nothing alive', async () => {
    const stream = hanging();
    await expect(read(stream, 50)).rejects.toMatchObject({ code: 'RC4102', file: '-' });
    expect(stream.destroyed).toBe(true);
  });

  it('fails as the stream itself fails', async () => {
    const stream = hanging();
    setImmediate(() => stream.destroy(new Error('the other end is gone')));
    await expect(read(stream, 60_000)).rejects.toThrow('the other end is gone');
  });
});
