import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runNativeModel } from './run-native-model.ts';

// What TLC decides of these is the same; it cannot handle a part of them.
const CLOCK = `---- MODULE Clock ----
EXTENDS Integers
VARIABLES h, g
---- MODULE Ticks ----
EXTENDS Integers
VARIABLE t
Ev(k) == []<>(t = k)
Two(a, b) == Ev(a) /\\ []<>(t = b) /\\ [][t' # a + b]_t
Grow(v) == [][v' # v + 5]_v
Lead(k, j) == t = k ~> t = j
Fair(A, k) == WF_t(A) => Ev(k)
By(F(_), k) == []<>(F(t) = k)
Sp == t = 0 /\\ [][t' = 1 - t]_t
From(a) == t = a /\\ [][t' = 1 - t]_t /\\ \\A i \\in {0, a} : []<>(t = i)
---- MODULE Deep ----
VARIABLE w
Often(k) == []<>(w = k)
Never(k) == <>[](w # k)
====
D(w) == INSTANCE Deep
Through(k) == D(1 - t)!Often(k) /\\ ~D(t)!Never(k)
====
C == INSTANCE Ticks WITH t <- h
J(t) == INSTANCE Ticks
Tick == h' = 1 - h /\\ g' = 1 - g
Spec == h = 0 /\\ g = 0 /\\ [][Tick]_<<h, g>> /\\ WF_<<h, g>>(Tick)
Double(k) == 2 * k
Mine(v) == J(v)!Sp
Formula == `;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-instance-calls-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function verdictOn(property: string): Promise<string> {
  const [specFile, configFile] = [join(folder, 'Clock.tla'), join(folder, 'Clock.cfg')];
  await writeFile(specFile, `${CLOCK}${property}\n====\n`);
  await writeFile(configFile, 'SPECIFICATION Spec PROPERTY Formula');
  return (await runNativeModel({ specFile, configFile })).verdict.verdict;
}

describe('a property that calls an operator of an instance', () => {
  test.each([
    'C!Ev(0)',
    'C!Ev(h) /\\ ~C!Ev(h - 1)',
    'C!Two(0, 2 * g) \\/ C!Ev(1)',
    'C!Grow(g)',
    'C!Lead(0, 1) /\\ C!Lead(h, g)',
    "C!Fair(h' = 1 - h, 1)",
    'C!By(Double, 2) /\\ C!By(LAMBDA q : q + g, 2)',
    'C!Through(0)',
    'J(h)!Ev(0) /\\ J(g + 1)!Two(1, 2)',
    '\\A i \\in {0, 1} : C!Ev(i)',
    'LET m == 1 IN C!Ev(m) /\\ J(m - h)!Ev(m)',
    'Mine(h)',
    'C!From(0)',
  ])('%s holds', async (property) => {
    expect(await verdictOn(property)).toBe('holds');
  });

  test.each([
    'C!Ev(2)',
    'C!Two(0, 2)',
    'C!Two(0, 1)',
    'C!Grow(5 * g)',
    'C!Lead(0, 3)',
    "C!Fair(h' = 1 - h, 2)",
    'C!By(Double, 3)',
    'C!Through(2)',
    'J(g + 1)!Ev(0)',
    '\\A i \\in {0, 2} : C!Ev(i)',
    'LET m == 3 IN C!Ev(m)',
    'Mine(2 * h)',
    'C!From(3)',
  ])('%s is violated', async (property) => {
    expect(await verdictOn(property)).toBe('violated');
  });
});
