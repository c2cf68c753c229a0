import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CodedError, checkTrace, EvaluationError, evaluate, explore, parse } from './index.ts';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '..', '..');

const COUNTER = `---- MODULE Counter ----
EXTENDS Naturals
CONSTANT Most
VARIABLE n
Init == n = 0
Next == n < Most /\\ n' = n + 1
Twice(x) == 2 * x
====
`;

test('a text is parsed, and its names are known', async () => {
  const spec = await parse({ text: COUNTER });
  expect(spec.name).toBe('Counter');
  expect(spec.constants.map(({ name }) => name)).toEqual(['Most']);
  expect(spec.variables.map(({ name, span }) => [name, span.line])).toEqual([['n', 4]]);
  expect(spec.definitions).toContainEqual(expect.objectContaining({ name: 'Twice', arity: 1 }));
});

test('a mistake has a code and a place', async () => {
  const mistaken = COUNTER.replace('2 * x', '2 * y');
  await expect(parse({ text: mistaken })).rejects.toThrow(CodedError);
  await expect(parse({ text: mistaken })).rejects.toMatchObject({ line: 7 });
});

test('expressions have values as TLC prints them', async () => {
  expect(await evaluate('{x * x : x \\in 1..3}')).toEqual({ text: '{1, 4, 9}', json: [1, 4, 9] });
  expect((await evaluate('[a |-> 1, b |-> <<TRUE, "c">>]')).json).toEqual({ a: 1, b: [true, 'c'] });
  const spec = await parse({ text: COUNTER });
  expect(await evaluate('Twice(Most)', { spec, config: 'CONSTANT Most = 21' })).toMatchObject({ json: 42 });
});

test('what has no value is refused, not skipped', async () => {
  await expect(evaluate('<<1, 2>>[3]')).rejects.toThrow(EvaluationError);
  await expect(evaluate('CHOOSE x : x = 1')).rejects.toMatchObject({ code: 'RC4251' });
});

test('a model is explored', async () => {
  const models = join(ROOT, 'spec', 'raft', 'models');
  const verdict = await explore({
    specFile: join(models, 'MCRaft.tla'),
    configFile: join(models, 'MCFourVoters.cfg'),
    libraryFolders: [join(ROOT, 'spec', 'raft')],
  });
  expect(verdict).toMatchObject({ verdict: 'holds', distinct: 706, generated: 1779, depth: 13 });
});

test('recordings are checked', async () => {
  const corpus = join(ROOT, 'traces', 'corpus');
  const [accepted] = await checkTrace(join(corpus, 'accepted', 'three-servers.ndjson'));
  expect(accepted).toMatchObject({ verdict: { verdict: 'accepted' }, events: 400 });
  const [rejected] = await checkTrace(join(corpus, 'rejected', 'term.ndjson'));
  expect(rejected).toMatchObject({
    verdict: {
      verdict: 'rejected',
      rejection: { line: 2, position: 0, variable: 'currentTerm', expected: 1, recorded: 2 },
    },
    events: 1,
  });
});
