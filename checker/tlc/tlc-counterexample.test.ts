import { describe, expect, test } from 'vitest';
import { parseStep, parseVariables } from './tlc-counterexample.ts';

describe('a state as TLC prints it', () => {
  const first = parseStep('1: <Initial predicate>\n/\\ x = 0\n/\\ y = <<>>', undefined);

  test('the first state changes everything and has no place', () => {
    expect(first).toEqual({
      number: 1,
      action: 'Initial predicate',
      variables: { x: '0', y: '<<>>' },
      changed: ['x', 'y'],
    });
  });

  test('a step names its action, where that is defined, and what it changed', () => {
    expect(
      parseStep('2: <Inc line 6, col 8 to line 7, col 13 of module Counter>\n/\\ x = 1\n/\\ y = <<>>', first),
    ).toEqual({
      number: 2,
      action: 'Inc',
      module: 'Counter',
      line: 6,
      variables: { x: '1', y: '<<>>' },
      changed: ['x'],
    });
  });

  test('a value may go on over several lines, equations in it included', () => {
    expect(parseVariables(['/\\ a = [ b |-> 1,', '  c = 2 ]', '/\\ d = 3'])).toEqual({
      a: '[ b |-> 1,\n  c = 2 ]',
      d: '3',
    });
  });

  test('variables may be called as what objects of JavaScript have', () => {
    const lines = ['/\\ __proto__ = 1', '/\\ constructor = {2,', '  3}', '/\\ toString = 4'];
    const before = parseStep(`1: <Initial predicate>\n${lines.join('\n')}`, undefined);
    expect(Object.entries(before?.variables ?? {})).toEqual([
      ['__proto__', '1'],
      ['constructor', '{2,\n  3}'],
      ['toString', '4'],
    ]);
    expect(before?.changed).toEqual(['__proto__', 'constructor', 'toString']);
    const after = parseStep(`2: <Next>\n${lines.join('\n').replace('= 1', '= 5')}`, before);
    expect(after?.changed).toEqual(['__proto__']);
  });

  test('a state of one variable has no bullet', () => {
    expect(parseVariables(['x = {1,', '  2}'])).toEqual({ x: '{1,\n  2}' });
  });

  test('what is no state is none', () => {
    expect(parseStep('4: Stuttering', first)).toBeUndefined();
  });
});
