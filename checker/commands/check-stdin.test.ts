import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CORPUS_FOLDER } from '../../traces/corpus-manifest.ts';
import { packageRoot } from '../package-root.ts';

const BIN = join(packageRoot(), 'bin', 'raftcheck.js');
const ACCEPTED = readFileSync(join(CORPUS_FOLDER, 'accepted', 'leader-crash.ndjson'), 'utf8');

/** `raftcheck check -` of a text, whose writer then ends or does not. */
async function checkStdin(text: string, ends: boolean, ...args: readonly string[]) {
  const child = spawn(process.execPath, [BIN, 'check', '-', '--format', 'json', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part;
  });
  child.stdin.write(text);
  if (ends) child.stdin.end();
  const status = await new Promise((resolve) => child.on('close', resolve));
  return { status, ...JSON.parse(output).traces[0] };
}

describe('raftcheck check -', { timeout: 60_000 }, () => {
  it('judges a recording that ends within the budget', async () => {
    expect(await checkStdin(ACCEPTED, true, '--budget', '30s')).toMatchObject({
      status: 0,
      verdict: 'accepted',
    });
  });

  it.each(['replay', 'native', 'auto'])('--engine %s waits no longer than the budget', async (engine) => {
    const part = ACCEPTED.split('\n').slice(0, 20).join('\n');
    expect(await checkStdin(`${part}\n`, false, '--engine', engine, '--budget', '2s')).toMatchObject({
      status: 4,
      verdict: 'inconclusive',
      events: 19,
      error: { code: 'RC4102' },
    });
  });

  it('waits no longer for a header either', async () => {
    expect(await checkStdin('', false, '--budget', '500ms')).toMatchObject({
      status: 4,
      verdict: 'inconclusive',
      error: { code: 'RC4102' },
    });
  });
});
