import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CORPUS_FOLDER } from '../../traces/corpus-manifest.ts';
import { findRecordings } from '../../traces/recording-source.ts';
import { writeVariant } from '../check/user-spec.fixture.ts';
import { explainLine } from './explain-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-explain-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function explainOldTerm(line: number, specFolder: string) {
  const [source] = await findRecordings([join(CORPUS_FOLDER, 'rejected', 'bug-commit-old-term.ndjson')]);
  if (source === undefined) throw new Error('no run');
  return explainLine(source, { line, specFolder });
}

describe('an explanation by a spec of the user', () => {
  it.each([
    ['the event asked for', 145],
    ['one before it', 146],
  ])('names the place that cannot be evaluated at %s', async (which, asked) => {
    const guard = '/\\ log[s][i].term = ';
    const spec = writeVariant(
      join(folder, `without-value-${which}`),
      'Replication.tla',
      `${guard}currentTerm[s]`,
      `${guard}<<>>[7]`,
    );
    const file = join(spec, 'Replication.tla');
    await expect(explainOldTerm(asked, spec)).rejects.toMatchObject({
      code: 'RC1853',
      file,
      line: readFileSync(file, 'utf8').split('<<>>[7]')[0]?.split('\n').length,
      message: expect.stringContaining('at AdvanceCommitIndex, '),
    });
  });

  it.each([2, 3])(
    'refuses line %d where line 2 leaves more states possible than are carried',
    async (line) => {
      const spec = writeVariant(
        join(folder, `ambiguous-${line}`),
        'RaftTrace.tla',
        'ServerEvent(e) /\\ ShowsState(e) /\\ Hide(e)',
        "ServerEvent(e) /\\ ShowsState(e) /\\ hidden' \\in SUBSET (Server \\X Server)",
      );
      await expect(explainOldTerm(line, spec)).rejects.toMatchObject({ code: 'RC4301', line: 2 });
    },
  );
});
