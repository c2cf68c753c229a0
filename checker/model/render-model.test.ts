import { expect, test } from 'vitest';
import type { ModelVerdict } from './model-verdict.ts';
import { renderAgreement, renderProgress, renderVerdict } from './render-model.ts';

const SEARCHED: ModelVerdict = {
  verdict: 'holds',
  engine: 'native',
  distinct: 1300,
  generated: 4000,
  depth: 18,
  elapsedMs: 2300,
  tlcVersion: null,
  notChecked: [],
};

test('a search of all states has a depth, random behaviours have a length', () => {
  expect(renderVerdict('election', SEARCHED)).toBe(
    '[holds] election: 1,300 distinct, 4,000 generated, depth 18, 2.3 s',
  );
  const drawn: ModelVerdict = {
    ...SEARCHED,
    verdict: 'inconclusive',
    code: 'RC4283',
    message: 'no violation',
    distinct: null,
  };
  expect(renderVerdict('election', drawn)).toBe(
    '[inconclusive] election: RC4283: no violation; 4,000 generated, longest behaviour 18 states, 2.3 s',
  );
});

test('while random behaviours are drawn, nothing is said of distinct states', () => {
  const counts = { generated: 4000, distinct: 4000, queue: 0, depth: 18 };
  expect(renderProgress('election', counts, 2)).toBe(
    'election: 4,000 distinct states, depth 18, 0 to look at, 2,000 generated a second',
  );
  expect(renderProgress('election', { ...counts, isRandom: true }, 2)).toBe(
    'election: 4,000 states of random behaviours, 2,000 generated a second',
  );
});

test('behaviours may be looked for in more states than those that are distinct', () => {
  const unmerged: ModelVerdict = { ...SEARCHED, livenessStates: 7800 };
  expect(renderVerdict('turn', unmerged)).toBe(
    '[holds] turn: 1,300 distinct, 4,000 generated, depth 18, liveness in 7,800 states, 2.3 s',
  );
  const tlc: ModelVerdict = { ...SEARCHED, engine: 'tlc' };
  expect(renderAgreement([unmerged, tlc])).toBe('  native and tlc agree');
  const violated: ModelVerdict = {
    ...unmerged,
    verdict: 'violated',
    code: 'RC3001',
    kind: 'temporalProperty',
    property: 'Stays',
    message: '',
    steps: [],
  };
  expect(renderAgreement([violated, tlc])).toContain(
    'tlc says "holds", of behaviours in which states are one',
  );
});
