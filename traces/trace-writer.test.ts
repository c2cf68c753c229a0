import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HEADER } from './election-trace.fixture.ts';
import { TraceOutput } from './trace-output.ts';
import { TraceWriter } from './trace-writer.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raftcheck-writer-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const timeout = { server: 's1', seq: 1, action: 'Timeout' } as const;

test('a line is with the sink, whole, when the call returns', () => {
  const written: string[] = [];
  const writer = new TraceWriter((text) => written.push(text), 4);
  writer.event(timeout);
  expect(written).toEqual(['{"server":"s1","seq":1,"action":"Timeout"}\n']);
  writer.end();
  expect(written[1]).toBe('{"end":true,"events":5}\n');
});

test('a whole trace appears under its name only when it is complete', () => {
  const path = join(folder, 'run.ndjson');
  const output = new TraceOutput(path);
  output.writer.header(HEADER);
  for (let seq = 1; seq <= 20_000; seq += 1) output.writer.event({ ...timeout, seq });
  expect(existsSync(path)).toBe(false);
  output.end();
  expect(readdirSync(folder)).toEqual(['run.ndjson']);
  expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(20_002);
});
