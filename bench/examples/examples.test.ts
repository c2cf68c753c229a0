import { describe, expect, test } from 'vitest';
import { type Example, examplesFolder, listExamples, runExample } from './run-examples.ts';

const folder = examplesFolder() ?? '';
const BUDGET_MS = 60_000;
/** Models that take longer are left to `npm run bench -- examples`. */
const MOST_GENERATED = 100_000;
const TIMEOUT_MS = 120_000;

/** What acts outside of the spec: a property of TLC's own, a module that talks to the machine. */
const OUTSIDE: Readonly<Record<string, string>> = {
  'FiniteMonotonic/MCReplicatedLog.cfg': 'RC4253',
  'TLC/TestGraphs.cfg': 'RC1810',
};

const examples = folder === '' ? [] : listExamples(folder);
const small = examples.filter(({ generated }) => generated <= MOST_GENERATED);
const named = (some: readonly Example[]) => some.map((example) => [example.config, example] as const);

test.skipIf(folder === '')('the models of tlaplus/Examples are on this machine (RAFTCHECK_PEER_DATA)', () => {
  expect(small.length).toBeGreaterThan(0);
});

describe.skipIf(folder === '')('the native engine and tlaplus/Examples (../shared/peer-data)', () => {
  test.each(named(small.filter(({ tlc218 }) => tlc218)))(
    'it counts the states of %s as TLC does',
    async (_name, example) => {
      const outcome = await runExample(folder, example, BUDGET_MS);
      expect(outcome).toMatchObject({ kind: 'same' });
    },
    TIMEOUT_MS,
  );

  test.each(named(small.filter(({ tlc218 }) => !tlc218)))(
    'it counts the states of %s, or says what it does not know',
    async (_name, example) => {
      const outcome = await runExample(folder, example, BUDGET_MS);
      if (outcome.kind === 'refused') expect(OUTSIDE[example.config]).toBe(outcome.code);
      else expect(outcome).toMatchObject({ kind: 'same' });
    },
    TIMEOUT_MS,
  );
});
