import { describe, expect, test } from 'vitest';
import { contradiction, differenceFromExpected, type ModelVerdict } from './model-verdict.ts';

const counts = { distinct: 3, generated: 4, depth: 2 };
const common = { engine: 'native', ...counts, elapsedMs: 1, tlcVersion: null, notChecked: [] } as const;
const holds: ModelVerdict = { ...common, verdict: 'holds' };
const tlc = <V extends ModelVerdict>(verdict: V): V => ({ ...verdict, engine: 'tlc' });
const violated: ModelVerdict = {
  ...common,
  verdict: 'violated',
  code: 'RC3001',
  kind: 'invariant',
  property: 'Safe',
  message: '',
  steps: [],
};
const forEver: ModelVerdict = { ...violated, kind: 'temporalProperty' };
const inconclusive = (code: 'RC4001' | 'RC4280'): ModelVerdict => ({
  ...common,
  verdict: 'inconclusive',
  code,
  message: '',
});

describe('two engines', () => {
  test.each([
    ['agree', holds, tlc(holds)],
    ['agree that it is violated, after however many states', violated, tlc({ ...violated, distinct: 9 })],
    ['do not contradict where one has no verdict', inconclusive('RC4001'), tlc({ ...holds, distinct: 9 })],
    ['do not contradict where one has not checked liveness', inconclusive('RC4280'), tlc(holds)],
    ['do not contradict where only one checks liveness', inconclusive('RC4280'), tlc(violated)],
    ['do not contradict where TLC looks at merged states', { ...holds, livenessStates: 6 }, tlc(forEver)],
    ['do not contradict where TLC misses a behaviour', { ...forEver, livenessStates: 6 }, tlc(holds)],
  ])('%s', (_what, one, other) => {
    expect(contradiction(one, other)).toBeUndefined();
  });

  test.each([
    ['in the verdict', holds, tlc(violated), 'native says "holds", tlc says "violated"'],
    ['in a behaviour', holds, tlc(forEver), 'native says "holds", tlc says "violated"'],
    [
      'in an invariant, whatever states are merged',
      { ...holds, livenessStates: 6 },
      tlc(violated),
      'native says "holds", tlc says "violated"',
    ],
    ['in a count', holds, tlc({ ...holds, depth: 3 }), 'depth is 2 for native, 3 for tlc'],
    [
      'in a count, though one has not checked liveness',
      inconclusive('RC4280'),
      tlc({ ...holds, distinct: 5 }),
      'distinct is 3 for native, 5 for tlc',
    ],
  ])('contradict each other %s', (_what, one, other, message) => {
    expect(contradiction(one, other)).toBe(message);
  });
});

describe('a manifest', () => {
  test.each([
    [holds, { verdict: 'holds', ...counts } as const, undefined],
    [holds, { verdict: 'holds', ...counts, distinct: 5 } as const, /5 distinct, and it is 3/],
    [holds, { verdict: 'violated', property: 'Safe' } as const, /expects "violated"/],
    [violated, { verdict: 'violated', property: 'Safe' } as const, undefined],
    [violated, { verdict: 'violated', property: 'Other' } as const, /a violation of Other/],
  ])('is compared with the verdict', (verdict, expected, message) => {
    const difference = differenceFromExpected(verdict, expected);
    if (message === undefined) expect(difference).toBeUndefined();
    else expect(difference).toMatch(message);
  });
});
