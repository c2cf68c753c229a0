import fc from 'fast-check';
import { expect, test } from 'vitest';
import { streamSource } from './byte-source.ts';
import { EVENTS, HEADER, traceText } from './election-trace.fixture.ts';
import { TraceError } from './trace-error.ts';
import { TraceFile } from './trace-file.ts';

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Reads to the end; the error, if there is one. */
async function complaint(bytes: Buffer): Promise<unknown> {
  try {
    const file = await TraceFile.open(streamSource('x', chunksOf(bytes)));
    for await (const _ of file.readEvents());
    return undefined;
  } catch (error) {
    return error;
  }
}

const LINES = 2 + EVENTS.length;

test('whatever bytes are changed, the trace is read or a coded error names a line of it', async () => {
  const whole = Buffer.from(traceText(HEADER, EVENTS));
  const changes = fc.array(fc.record({ at: fc.nat(whole.length - 1), to: fc.nat(255) }), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(changes, async (bytes) => {
      const changed = Buffer.from(whole);
      for (const { at, to } of bytes) changed[at] = to;
      const error = await complaint(changed);
      if (error === undefined) return;
      expect(error).toBeInstanceOf(TraceError);
      if (!(error instanceof TraceError)) return;
      expect(error.code).toMatch(/^RC(1|41)/);
      expect(error.line).toBeGreaterThanOrEqual(1);
      // A byte may have become a newline.
      expect(error.line).toBeLessThanOrEqual(LINES + bytes.length);
      expect(error.message).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['an array', (nested: string) => nested, 'RC1003'],
  [
    'a value in an event',
    (nested: string) => `{"server":"s1","seq":1,"action":"Timeout","state":${nested}}`,
    'RC1007',
  ],
  ['an action', (nested: string) => `{"server":"s1","seq":1,"action":${nested}}`, 'RC1009'],
])('%s nested a million deep is a coded error', async (_, line, code) => {
  const nested = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
  const text = `${JSON.stringify(HEADER)}\n${line(nested)}\n`;
  expect(await complaint(Buffer.from(text))).toMatchObject({ code, line: 2 });
});

test('names that every object has are no properties and no servers', async () => {
  for (const line of [
    '{"__proto__":{"action":"Timeout"}}',
    '{"server":"__proto__","seq":1,"action":"Timeout"}',
    '{"server":"constructor","seq":1,"action":"Timeout"}',
    '{"server":"s1","seq":1,"action":"toString"}',
    '{"server":"s1","seq":1,"action":"Timeout","__proto__":1}',
    '{"server":"s1","seq":1,"action":"Timeout","state":{"__proto__":{"currentTerm":1}}}',
    '{"server":"s1","seq":1,"action":"BecomeLeader","state":{"nextIndex":{"s2":1,"s3":1,"__proto__":1}}}',
  ]) {
    expect(await complaint(Buffer.from(`${JSON.stringify(HEADER)}\n${line}\n`)), line).toBeInstanceOf(
      TraceError,
    );
  }
});
