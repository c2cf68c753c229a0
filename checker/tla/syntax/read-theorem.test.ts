import { beforeAll, describe, expect, test } from 'vitest';
import { loadModule } from './load-module.ts';
import { initParser } from './parser.ts';

beforeAll(initParser);

const read = (units: string) => () =>
  loadModule('M.tla', { sources: new Map([['M.tla', `---- MODULE M ----\n${units}\n====`]]) });

// What SANY takes and refuses.
describe('what a theorem states', () => {
  test.each([
    'ASSUME T == TRUE\nAXIOM T == FALSE\nTHEOREM T == FALSE\nTHEOREM T == ASSUME NEW x PROVE x',
    'THEOREM TRUE\nPROOF <1>1. nonsense = 1 BY nonsense DEF nonsense\n <1>2. QED BY <1>1',
    'THEOREM \\A f, g : CHOOSE x : CHOOSE <<y, z>> : x = <<f, g, y, z>>',
    'LEMMA T == ASSUME NEW S, NEW x \\in S, NEW P(_), NEW STATE s, CONSTANT c, P(x), P(s) PROVE P(c)',
    'THEOREM T == ASSUME NEW x, i:: ASSUME NEW y, y = x PROVE x = y, ASSUME NEW y PROVE TRUE PROVE x = x',
    'VARIABLE x\nTHEOREM \\EE y : [](y = x)',
  ])('is read: %s', (units) => {
    expect(read(units)).not.toThrow();
  });

  test.each([
    ['THEOREM T == TRUE\nT == 1', 'RC1806', '3:1: T'],
    ['T == 1\nASSUME T == TRUE', 'RC1806', '3:1: T'],
    ['THEOREM T == TRUE\nD(T) == 1', 'RC1806', '3:3: T'],
    ['THEOREM T == TRUE\nTHEOREM T == aaa', 'RC1804', '3:14: aaa'],
    ['THEOREM aaa = bbb', 'RC1804', '2:9: aaa'],
    ['THEOREM [](TRUE => Unknown)', 'RC1804', '2:20: Unknown'],
    ['THEOREM T == \\A f : f = aaa', 'RC1804', '2:25: aaa'],
    ['Def == CHOOSE x : x = aaa', 'RC1804', '2:23: aaa'],
    ['VARIABLE x\nDef == \\EE x : TRUE', 'RC1806', '3:12: x already has a meaning'],
    ['THEOREM TRUE /\\ TRUE \\/ TRUE', 'RC1802', '2:22: \\/'],
    ['THEOREM ASSUME NEW x PROVE y', 'RC1804', '2:28: y'],
    ['THEOREM ASSUME NEW x \\in x PROVE x', 'RC1804', '2:26: x'],
    ['THEOREM ASSUME ASSUME NEW y PROVE y PROVE y', 'RC1804', '2:43: y'],
    ['THEOREM ASSUME NEW F(_) PROVE F', 'RC1807', '2:31: F'],
  ])('is refused: %s', (units, code, message) => {
    expect(read(units)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
