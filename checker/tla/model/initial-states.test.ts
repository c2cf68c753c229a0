import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkInitialStates } from '../../../traces/initial-states.ts';
import { listModels } from '../../model/model-manifest.ts';
import type { StatePredicate } from '../compile/compiled-spec.ts';
import { explore } from '../explore/explore.ts';
import { openModel } from './open-model.ts';
import { RaftState } from './raft-state.ts';

const TIMEOUT_MS = 120_000;

async function modelOf(name: string) {
  const model = listModels().find((each) => each.name === name);
  if (model === undefined) throw new RangeError(`no model ${name}`);
  const configFile = join(model.modelFolder, model.config);
  return openModel({
    specFile: join(model.modelFolder, model.file),
    configFile,
    configText: await readFile(configFile, 'utf8'),
    libraryFolders: [model.specFolder],
  });
}

/** That the reader of traces takes a state as the beginning of a recording; every server is a voter. */
function canBegin(variables: readonly string[]): StatePredicate {
  return {
    name: 'CanBegin',
    holds(state) {
      const raft = new RaftState(variables, state);
      const servers = raft.servers();
      const initial = Object.fromEntries(servers.map((server) => [server, raft.observed(server)]));
      checkInitialStates(initial, servers, { file: 'model', line: 1 });
      return true;
    },
  };
}

// With writes under way, crashes, changes of leader and logs that part: what the simulator comes across once in a
// thousand runs is a state like any other here.
describe('a recording may begin in every state of', () => {
  test.each(['four-voters', 'election', 'replication', 'crash-restart', 'figure-8-loss'])(
    '%s',
    async (name) => {
      const model = await modelOf(name);
      expect(explore({ ...model, invariants: [canBegin(model.variables)] })).toMatchObject({
        outcome: 'complete',
      });
    },
    TIMEOUT_MS,
  );
});
