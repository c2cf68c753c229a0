import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../impl/simulator/faults.ts';
import { headerOf, type SimulationPlan, simulate } from '../../impl/simulator/simulate.ts';
import type { TraceEvent } from '../../traces/trace-format.ts';
import { ReplayEngine } from '../replay/replay-engine.ts';

function planOf(seed: number): SimulationPlan {
  return {
    course: { type: 'drawn', servers: 3 + 2 * (seed % 2), seed, events: 1000, faults: new Set(FAULTS) },
    checkInvariants: false,
  };
}

describe('replay of simulated runs', () => {
  it('accepts each of 100 seeds with every fault', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const plan = planOf(seed);
      const engine = new ReplayEngine(headerOf(plan, '0'));
      let position = 0;
      const trace = (event: TraceEvent) => {
        const origin = 'message' in event ? 'sent' : 'none';
        expect(engine.step({ event, position, file: '-', line: position + 2, origin })).toBeUndefined();
        position += 1;
      };
      simulate({ ...plan, trace });
      expect(engine.events, `seed ${seed}`).toBe(1000);
    }
  });
});
