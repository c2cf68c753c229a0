import { expect, test } from 'vitest';
import { type TlcMessage, TlcMessageParser } from './tlc-messages.ts';

function parse(chunks: readonly string[]): { messages: TlcMessage[]; lines: string[] } {
  const messages: TlcMessage[] = [];
  const lines: string[] = [];
  const parser = new TlcMessageParser({
    onMessage: (message) => messages.push(message),
    onLine: (line) => lines.push(line),
  });
  for (const chunk of chunks) parser.write(chunk);
  parser.end();
  return { messages, lines };
}

const OUTPUT =
  'before\n@!@!@STARTMSG 2110:1 @!@!@\nInvariant Small is violated.\n@!@!@ENDMSG 2110 @!@!@\n<<"printed", 1>>\n';

test('a frame is a message, and what is outside of frames are lines', () => {
  expect(parse([OUTPUT])).toEqual({
    messages: [{ code: 2110, severity: 1, text: 'Invariant Small is violated.' }],
    lines: ['before', '<<"printed", 1>>'],
  });
});

test('it does not matter where the output is cut into pieces', () => {
  const whole = parse([OUTPUT]);
  for (let cut = 1; cut < OUTPUT.length; cut++) {
    expect(parse([OUTPUT.slice(0, cut), OUTPUT.slice(cut)])).toEqual(whole);
  }
});

test('a frame that TLC did not get to close is told as it stands', () => {
  expect(parse(['@!@!@STARTMSG 1000:1 @!@!@\nhalf a mess']).messages).toEqual([
    { code: 1000, severity: 1, text: 'half a mess' },
  ]);
});

test('a frame inside the text of an exception belongs to that text', () => {
  const output =
    '@!@!@STARTMSG 1000:1 @!@!@\nAn exception\n: @!@!@STARTMSG 5001:0 @!@!@\nFile not found.\n@!@!@ENDMSG 5001 @!@!@\n@!@!@ENDMSG 1000 @!@!@\n';
  expect(parse([output])).toEqual({
    messages: [{ code: 1000, severity: 1, text: 'An exception\nFile not found.' }],
    lines: [],
  });
});

test('frames within a frame are part of what it says', () => {
  const output =
    '@!@!@STARTMSG 1000:1 @!@!@\n@!@!@STARTMSG 2154:0 @!@!@\nThe operator failed:\n@!@!@STARTMSG 2178:0 @!@!@\nOverflow\n@!@!@ENDMSG 2178 @!@!@\n@!@!@ENDMSG 2154 @!@!@\n@!@!@ENDMSG 1000 @!@!@\n';
  expect(parse([output])).toEqual({
    messages: [{ code: 1000, severity: 1, text: 'The operator failed:\nOverflow' }],
    lines: [],
  });
});
