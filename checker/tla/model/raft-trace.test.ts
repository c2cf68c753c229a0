import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRecording } from '../../../traces/open-recording.ts';
import { askOnly } from '../../model/model-config.ts';
import { listModels } from '../../model/model-manifest.ts';
import { checkWithNative } from '../trace/native-engine.ts';
import type { Behaviour } from './behaviour.ts';
import { traceOf } from './raft-trace.ts';
import { runNativeModel } from './run-native-model.ts';

const TIMEOUT_MS = 120_000;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-raft-trace-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** How a model reaches what a property says that it never reaches. */
async function reach(name: string, property: string): Promise<{ behaviour: Behaviour; specFile: string }> {
  const model = listModels().find((each) => each.name === name);
  if (model === undefined) throw new RangeError(`no model ${name}`);
  const config = await readFile(join(model.modelFolder, model.config), 'utf8');
  const configFile = join(folder, `${name}-${property}.cfg`);
  await writeFile(configFile, askOnly(`${config}\nPROPERTY ${property}\n`, property));
  const specFile = join(model.modelFolder, model.file);
  const { behaviour } = await runNativeModel({ specFile, configFile, libraryFolders: [model.specFolder] });
  if (behaviour === undefined) throw new RangeError(`${name} does not reach ${property}`);
  return { behaviour, specFile };
}

describe('a counterexample as a trace', () => {
  test.each([
    ['four-voters', 'NeverElected', 8],
    ['five-voters', 'NeverDuplicated', 3],
    ['crash-restart', 'NeverGroupCommit', 2],
    ['crash-restart', 'NeverTorn', 5],
    ['figure-8-loss', 'NeverE', 8],
  ])(
    'of %s, %s is a recording of the spec',
    async (name, property, events) => {
      const { behaviour, specFile } = await reach(name, property);
      const path = join(folder, `${name}-${property}.ndjson`);
      await writeFile(path, traceOf(behaviour, specFile));
      const recording = await openRecording({ kind: 'merged', path, files: [path] });
      expect(await checkWithNative(recording)).toMatchObject({ verdict: { verdict: 'accepted' }, events });
    },
    TIMEOUT_MS,
  );

  test(
    'cannot begin with messages under way',
    async () => {
      const { behaviour, specFile } = await reach('figure-8', 'NeverC');
      expect(() => traceOf(behaviour, specFile)).toThrow(expect.objectContaining({ code: 'RC4284' }));
    },
    TIMEOUT_MS,
  );
});
