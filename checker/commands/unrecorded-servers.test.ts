import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../impl/simulator/faults.ts';
import { headerOf } from '../../impl/simulator/simulate.ts';
import { replay } from '../replay/replay.ts';
import { type Plan, simulatedRecording } from './simulated-recording.fixture.ts';

function planOf(seed: number): Plan {
  return {
    course: { type: 'drawn', servers: 3 + 2 * (seed % 2), seed, events: 1000, faults: new Set(FAULTS) },
    checkInvariants: false,
  };
}

describe('what servers without a recording sent in runs of the implementation', () => {
  it('breaks no property, whichever of them recorded nothing', async () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const plan = planOf(seed);
      const { servers } = headerOf(plan, 'test');
      const next = (at: number) => servers.filter((_, index) => index === at || index === (at + 1) % 4);
      for (const unrecorded of servers.map((_, at) => next(at))) {
        const { verdict } = await replay(await simulatedRecording(plan, unrecorded));
        expect({ seed, unrecorded, verdict }).toMatchObject({ verdict: { verdict: 'accepted' } });
      }
    }
  }, 120_000);
});
