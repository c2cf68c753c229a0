import { describe, expect, test } from 'vitest';
import { askOnly, readModelConfig, withConstants } from './model-config.ts';

const CONFIG = `\\* INVARIANT InAComment
SPECIFICATION Spec
CONSTANTS
    Server = {s1, s2}
    MaxTerm = 2  \\* MaxTerm = 9
    MaxLog = 10
    Choices <- OneEntry
CONSTRAINT Bounded
INVARIANTS
    TypeOK
    ElectionSafety
(* PROPERTY InAnotherComment *)
PROPERTIES TermMonotone
CHECK_DEADLOCK FALSE
`;

describe('the configuration of a model', () => {
  test('says what is checked and how far', () => {
    expect(readModelConfig(CONFIG)).toEqual({
      invariants: ['TypeOK', 'ElectionSafety'],
      properties: ['TermMonotone'],
      bounds: { MaxTerm: 2, MaxLog: 10 },
    });
  });

  test('can be asked about one invariant or one property alone, and keeps the rest', () => {
    for (const property of ['ElectionSafety', 'TermMonotone']) {
      const asked = askOnly(CONFIG, property);
      const { invariants, properties, bounds } = readModelConfig(asked);
      expect([...invariants, ...properties]).toEqual([property]);
      expect(bounds).toEqual({ MaxTerm: 2, MaxLog: 10 });
      expect(asked).toContain('SPECIFICATION Spec');
      expect(asked).toContain('CHECK_DEADLOCK FALSE');
      expect(asked).toContain('Choices <- OneEntry');
    }
    expect(readModelConfig(askOnly(CONFIG, 'TermMonotone')).properties).toEqual(['TermMonotone']);
  });

  test('cannot be asked about what it does not check', () => {
    expect(() => askOnly(CONFIG, 'InAComment')).toThrow(RangeError);
  });

  test('takes other values for constants that it has', () => {
    expect(readModelConfig(withConstants(CONFIG, { MaxTerm: 3 })).bounds).toEqual({ MaxTerm: 3, MaxLog: 10 });
    expect(withConstants(CONFIG, { Server: '{s1}' })).toContain('Server = {s1}\n');
    expect(() => withConstants(CONFIG, { MaxRestarts: 1 })).toThrow(RangeError);
  });
});
