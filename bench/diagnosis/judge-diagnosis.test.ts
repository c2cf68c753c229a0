import { describe, expect, it } from 'vitest';
import { Random } from '../../impl/random.ts';
import type { TraceEvent } from '../../traces/trace-format.ts';
import { recordRun } from '../mutations.ts';
import { type Corruption, drawCorruption } from './corruption.ts';
import { judgeDiagnosis, namedBy, rejectionOf } from './judge-diagnosis.ts';
import { judgeOrder } from './order.ts';

const RUN = recordRun(3, 150);

function corrupted(at: number, event: TraceEvent, variables: readonly string[]): Corruption {
  return {
    run: RUN,
    events: RUN.events.toSpliced(at, 1, event),
    at,
    action: event.action,
    variables,
    text: '',
  };
}

describe('the diagnosis of random corruptions', () => {
  it('names nearly all of those that show', async () => {
    const random = new Random(7);
    const outcomes: string[] = [];
    for (let drawn = 0; drawn < 150; drawn += 1) {
      const corruption = drawCorruption(RUN, random);
      if (corruption !== undefined) outcomes.push((await judgeDiagnosis(corruption)).outcome);
    }
    const countOf = (outcome: string): number => outcomes.filter((each) => each === outcome).length;
    expect(countOf('named')).toBeGreaterThan(25);
    expect(countOf('missed')).toBeLessThanOrEqual(0.05 * countOf('named'));
  });

  it('counts as a miss what names another variable than the one that was changed', async () => {
    const at = RUN.events.findIndex(({ action }) => action === 'BecomeLeader');
    const event = RUN.events[at];
    if (event?.action !== 'BecomeLeader') throw new Error('nobody is elected');
    const changed: TraceEvent = { ...event, state: { ...event.state, role: 'follower' } };
    expect(await judgeDiagnosis(corrupted(at, changed, ['role']))).toMatchObject({ outcome: 'named' });
    expect(await judgeDiagnosis(corrupted(at, changed, ['commitIndex', 'role']))).toMatchObject({
      outcome: 'equal',
    });
    const twice: TraceEvent = { ...event, state: { ...event.state, role: 'follower', currentTerm: 99 } };
    expect(await judgeDiagnosis(corrupted(at, twice, ['votedFor']))).toMatchObject({ outcome: 'missed' });
  });

  it('names another action where it explains the event', async () => {
    const at = RUN.events.findIndex(({ action }) => action === 'Timeout');
    const renamed: TraceEvent = JSON.parse(JSON.stringify({ ...RUN.events[at], action: 'AppendNoOp' }));
    const judgement = await judgeDiagnosis(corrupted(at, renamed, ['action']));
    expect(judgement).toMatchObject({
      outcome: 'named',
      rejection: { action: 'AppendNoOp', suggestion: { action: 'Timeout' } },
    });
  });

  it('finds the step that was left out', async () => {
    const random = new Random(5);
    const named = new Map<string, number>();
    for (let drawn = 0; drawn < 60; drawn += 1) {
      const judgement = await judgeOrder(RUN, random);
      if (judgement?.outcome === 'named') named.set(judgement.change, (named.get(judgement.change) ?? 0) + 1);
    }
    expect(named.get('dropped')).toBeGreaterThan(1);
  });
});

describe('a message that is not in flight', () => {
  it('waits for its sender: then the missing Persist is named', async () => {
    const at = RUN.events.findIndex(({ action }, index) => action === 'Persist' && index > 2);
    const rejection = await rejectionOf(RUN.header, await withoutPersist(at));
    if (rejection === undefined || rejection === 'malformed') throw new Error('the trace is not rejected');
    expect(rejection.conjunct?.definition).toBe('InFlight');
    expect(rejection.missing?.action).toBe('Persist');
  });

  it('is another one of the same server, for an event of the network', async () => {
    const at = RUN.events.findIndex(({ action }) => action === 'DropMessage');
    const event = RUN.events[at];
    if (event?.action !== 'DropMessage') throw new Error('nothing is lost');
    const [server] = event.args.id.split(':');
    const earlier = RUN.events
      .slice(0, at)
      .flatMap((each) => ('sends' in each ? [each.sends[0].id] : []))
      .find((id) => id.startsWith(`${server}:`) && id !== event.args.id);
    if (earlier === undefined) throw new Error(`${server} has sent nothing else`);
    const changed: TraceEvent = { ...event, args: { id: earlier } };
    const rejection = await rejectionOf(RUN.header, RUN.events.toSpliced(at, 1, changed));
    if (rejection === undefined || rejection === 'malformed') throw new Error('the trace is not rejected');
    expect(namedBy(rejection)).toMatchObject([{ variable: 'args.id', recorded: earlier }]);
  });
});

/** The events without a Persist, counted anew. */
async function withoutPersist(at: number): Promise<readonly TraceEvent[]> {
  const { orderMutations } = await import('../mutations/mutate-order.ts');
  const mutation = orderMutations(RUN.events, at).find(({ change }) => change === 'dropped, seq mended');
  return mutation?.events ?? [];
}
