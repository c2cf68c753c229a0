import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../traces/trace-format.ts';
import type { ClusterState } from '../replay/cluster-state.ts';
import { BORDER, recordedEvents, STORY, SUCCESS, TWINS, VOTE } from './recorded-run.fixture.ts';
import { planSteps } from './trace-steps.ts';

/** The steps that were put in, as `action id @ position of the event that needs it`. */
function inserted(trace: readonly TraceEvent[]): string[] {
  return planSteps(recordedEvents(trace), []).steps.flatMap((step) =>
    step.kind === 'inserted' ? [`${step.action} ${step.message.id} @ ${step.at}`] : [],
  );
}

/** A border at which nothing waits for a disk. */
function borderAt(position: number): ClusterState {
  return { position, servers: {}, lost: [] };
}

describe('the steps of a recording', () => {
  test('duplicate what is received again, and lose what nobody receives as soon as it leaves', () => {
    expect(inserted(STORY)).toEqual([
      'LoseMessage s1:4.0 @ 3',
      'DuplicateMessage s2:3.0 @ 12',
      // s2:5.0, which says the same.
      'LoseMessage s2:3.0 @ 17',
    ]);
  });

  test('lose a message that waited when it is released, not when it is created', () => {
    expect(inserted(STORY.slice(0, 4))).toEqual(['LoseMessage s1:2.0 @ 2', 'LoseMessage s1:4.0 @ 3']);
  });

  test('leave what a recorder saw of the network to the recorder', () => {
    const recorded = STORY.toSpliced(4, 0, { action: 'DropMessage', args: { id: 's1:4.0' } });
    expect(inserted(recorded)).not.toContain('LoseMessage s1:4.0 @ 3');
  });

  test('keep what a later event with equal contents may take, and lose what is left of it then', () => {
    // Nobody receives s2:5.0, but s2:7.0 says the same, as s2:3.0 did. The last step loses it only if it ever left.
    expect(inserted(TWINS).slice(1)).toEqual(['LoseMessage s2:6.0 @ 17', 'LoseMessage s2:3.0 @ 20']);
    expect(inserted(TWINS.slice(0, -1)).slice(1)).toEqual([
      'LoseMessage s2:3.0 @ 14',
      'LoseMessage s2:6.0 @ 17',
      'LoseMessage s2:3.0 @ 19',
    ]);
  });

  test('know at a border what never left, though no event releases it', () => {
    const at = (border: ClusterState) => {
      const plan = planSteps(recordedEvents(TWINS), [border]);
      return plan.inFlight.get(20)?.length;
    };
    const { s2 } = BORDER.servers;
    if (s2 === undefined) throw new Error('no state');
    const waiting = { ...s2, pending: [{ write: s2.disk, promised: [{ ...SUCCESS, id: 's2:7.0' }] }] };
    expect(at(borderAt(20))).toBe(2);
    expect(at({ ...borderAt(20), servers: { s2: waiting } })).toBe(1);
    expect(at({ ...borderAt(20), lost: ['s2:7.0'] })).toBe(1);
  });

  test('find nothing to lose or duplicate where the recording has no copy left', () => {
    const moved = (events: readonly TraceEvent[]) =>
      planSteps(recordedEvents(events), []).steps.flatMap((step) =>
        step.kind === 'event' && !('server' in step.event) ? [step.messages.moved?.id] : [],
      );
    const drop: TraceEvent = { action: 'DropMessage', args: { id: VOTE.id } };
    const copy: TraceEvent = { action: 'DuplicateMessage', args: { id: VOTE.id } };
    expect(moved(STORY.toSpliced(6, 0, copy, drop, drop, drop))).toEqual([
      VOTE.id,
      VOTE.id,
      VOTE.id,
      undefined,
    ]);
    expect(moved(STORY.toSpliced(7, 0, copy))).toEqual([undefined]);
  });

  test('let the environment send what no event sent', () => {
    expect(inserted(STORY.slice(6, 7))).toEqual([`EnvironmentSends ${VOTE.id} @ 0`]);
  });

  test('know what is in flight and needed later', () => {
    const plan = planSteps(recordedEvents(STORY), [0, 5, 6, 13].map(borderAt));
    const ids = [...plan.inFlight].map(([position, messages]) => [position, messages.map(({ id }) => id)]);
    expect(ids).toEqual([
      [0, []],
      // The vote waits for its disk.
      [5, []],
      [6, [VOTE.id]],
      // The second copy of the response.
      [13, [SUCCESS.id]],
    ]);
  });

  test('count from 0 and begin where their event does', () => {
    const { steps, firstStep } = planSteps(recordedEvents(STORY), []);
    expect(firstStep).toHaveLength(STORY.length + 1);
    expect(steps[firstStep[12] ?? -1]).toMatchObject({ kind: 'inserted', action: 'DuplicateMessage' });
    expect(steps[firstStep[4] ?? -1]).toMatchObject({
      kind: 'event',
      event: { action: 'HandleRequestVoteRequest' },
    });
  });
});
