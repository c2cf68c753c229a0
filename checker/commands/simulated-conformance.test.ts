import { describe, expect, it } from 'vitest';
import { Random } from '../../impl/random.ts';
import { BUGS, type BugName } from '../../impl/simulator/bugs.ts';
import { FAULTS } from '../../impl/simulator/faults.ts';
import type { TraceEvent } from '../../traces/trace-format.ts';
import { replay } from '../replay/replay.ts';
import { checkWithNative } from '../tla/trace/native-engine.ts';
import { tlcForTests } from '../tlc/tlc.fixture.ts';
import { checkAllWithTlc } from '../tlc/tlc-engine.ts';
import type { EngineVerdict } from '../verdict.ts';
import { collect, PerServerFiles, type Plan, simulatedRecording } from './simulated-recording.fixture.ts';

const tlc = tlcForTests();

function drawn(seed: number, servers: number, events = 1000): Plan {
  return {
    course: { type: 'drawn', servers, seed, events, faults: new Set(FAULTS) },
    checkInvariants: false,
  };
}

/** Everything of a verdict but where in the order of the check the event stood. */
function gist(verdict: EngineVerdict): unknown {
  if (verdict.verdict !== 'rejected') return verdict;
  const { file, line, code } = verdict.rejection;
  return { file, line, code };
}

describe('runs of the implementation are behaviours of the spec', () => {
  it.each([
    ['replay', replay],
    ['native', checkWithNative],
  ])(
    '500 seeds of 1,000 events, by %s',
    async (_engine, check) => {
      for (let seed = 0; seed < 500; seed += 1) {
        const { verdict, events } = await check(await simulatedRecording(drawn(seed, 3 + 2 * (seed % 2))));
        expect({ seed, verdict, events }).toEqual({ seed, verdict: { verdict: 'accepted' }, events: 1000 });
      }
    },
    300_000,
  );

  it.skipIf(tlc === undefined)(
    '20 of them, by TLC',
    async () => {
      if (tlc === undefined) return;
      for (const servers of [3, 5]) {
        const traces = [];
        for (let seed = 0; seed < 10; seed += 1) {
          const recording = await simulatedRecording(drawn(2 * seed + (servers === 5 ? 1 : 0), servers));
          traces.push({ header: recording.header, events: await collect(recording) });
        }
        const verdicts = await checkAllWithTlc(traces, { jar: tlc, workers: 2 });
        expect(verdicts).toEqual(traces.map(() => ({ verdict: 'accepted' })));
      }
    },
    300_000,
  );
});

/** Where a verdict stands: replay and native name causes of their own. */
function place(verdict: EngineVerdict): unknown {
  return verdict.verdict === 'rejected' ? verdict.rejection.position : verdict.verdict;
}

/** The first rejection among many runs with the bug; undefined if all are accepted. */
async function firstRejection(bug: BugName): Promise<EngineVerdict | undefined> {
  const scenario = { type: 'scenario', name: 'figure-8-commit' } as const;
  const plans: Plan[] = [{ course: scenario, bug, checkInvariants: false }];
  for (let seed = 0; seed < 400; seed += 1) plans.push({ ...drawn(seed, 3 + 2 * (seed % 2)), bug });
  for (const plan of plans) {
    const { verdict } = await replay(await simulatedRecording(plan));
    if (verdict.verdict !== 'rejected') continue;
    const native = await checkWithNative(await simulatedRecording(plan));
    expect(place(native.verdict)).toEqual(place(verdict));
    return verdict;
  }
  return undefined;
}

describe('runs with a planted bug are not', () => {
  it.each(Object.keys(BUGS).filter((name): name is BugName => name in BUGS))(
    '%s',
    async (bug) => {
      expect(await firstRejection(bug)).toMatchObject({ verdict: 'rejected' });
    },
    120_000,
  );
});

/** Makes one event in the middle of a run wrong: a follower commits an entry more than it was told. */
function falsify(): (event: TraceEvent) => TraceEvent {
  let commits = 0;
  return (event) => {
    if (event.action !== 'HandleAppendEntriesRequest' || event.state?.commitIndex === undefined) return event;
    commits += 1;
    if (commits !== 10) return event;
    return { ...event, state: { ...event.state, commitIndex: event.state.commitIndex + 1 } };
  };
}

describe('the verdict does not depend on the causal order that the merge takes', () => {
  it.each([
    ['accepted runs', undefined],
    ['rejected runs', falsify],
  ] as const)(
    '%s',
    async (_name, alter) => {
      for (let seed = 0; seed < 12; seed += 1) {
        const files = new PerServerFiles(drawn(seed, 3, 600), alter?.());
        try {
          const { verdict } = await replay(await files.open());
          expect(verdict.verdict).toBe(alter === undefined ? 'accepted' : 'rejected');
          for (let order = 0; order < 8; order += 1) {
            const random = new Random(1000 * seed + order);
            const other = await replay(await files.open((count) => random.below(count)));
            expect(gist(other.verdict)).toEqual(gist(verdict));
          }
        } finally {
          files.remove();
        }
      }
    },
    120_000,
  );
});
