import { beforeAll, describe, expect, test } from 'vitest';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { named } from '../trace/trace-spec.ts';
import { format, internToken } from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import { compileSpec } from './compile-spec.ts';

beforeAll(initParser);

const MODULES = {
  Plain: 'C == 1\nE == C',
  Parameterised: 'CONSTANT p\nC == 1\nE == C',
  Extending: 'EXTENDS Plain\nF == C',
};

/** The value of `Seen` in a module M with this text, where a configuration says what else C is. */
function seen(
  text: string,
  { values = {}, overrides = {} }: { values?: Record<string, Value>; overrides?: Record<string, string> },
): string {
  const source = (name: string, body: string) => `---- MODULE ${name} ----\n${body}\n====\n`;
  const sources = new Map([
    ['M.tla', source('M', text)],
    ...Object.entries(MODULES).map(([name, body]): [string, string] => [name, source(name, body)]),
  ]);
  const { root, tokens } = loadModule('M.tla', { sources });
  for (const token of tokens) internToken(token);
  const spec = compileSpec(root, {
    values: new Map(Object.entries(values)),
    overrides: new Map(Object.entries(overrides)),
  });
  return format(spec.evaluate(named(root, 'Seen')));
}

/** As TLC 2.18 does with each of these modules, whether by `C = 5` or by `C <- D`. */
describe('what a configuration puts in the place of a definition', () => {
  test.each([
    ['in the root', 'C == 1\nSeen == C', 5],
    [
      'in a nested module',
      'C == 1\n---- MODULE Inner ----\nTwo == C\n====\nI == INSTANCE Inner\nSeen == I!Two',
      5,
    ],
    ['in a module that the root extends', 'EXTENDS Plain\nSeen == E', 5],
    [
      'in an instance of a module that extends the same',
      'EXTENDS Plain\nI == INSTANCE Extending\nSeen == I!F',
      5,
    ],
    ['in a module without parameters', 'INSTANCE Plain\nSeen == E', 5],
    ['in a module with parameters, used by the root', 'INSTANCE Parameterised WITH p <- 0\nSeen == C', 5],
    ['in a module with parameters, used there', 'INSTANCE Parameterised WITH p <- 0\nSeen == E', 1],
    ['of the same name elsewhere', 'C == 1\nJ == INSTANCE Parameterised WITH p <- 0\nSeen == J!E', 1],
    ['reached through a named instance', 'EXTENDS Plain\nJ == INSTANCE Plain\nSeen == J!C', 1],
  ])('holds %s', (_where, text, expected) => {
    expect(seen(`${text}\nD == 5`, { values: { C: 5 } })).toBe(String(expected));
    expect(seen(`${text}\nD == 5`, { overrides: { C: 'D' } })).toBe(String(expected));
  });

  test('may be a constant', () => {
    const text = 'CONSTANT K\nC == 1\nSeen == C';
    expect(seen(text, { values: { K: 5 }, overrides: { C: 'K' } })).toBe('5');
  });

  test('may take the place of a constant that a nested module uses', () => {
    const text =
      'CONSTANT K\nD == 5\n---- MODULE Inner ----\nTwo == K\n====\nI == INSTANCE Inner\nSeen == I!Two';
    expect(seen(text, { overrides: { K: 'D' } })).toBe('5');
  });
});
