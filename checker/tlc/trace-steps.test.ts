import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../traces/trace-format.ts';
import { recordedEvents, STORY, SUCCESS, VOTE } from './trace-for-tests.ts';
import { planSteps } from './trace-steps.ts';

/** The steps that were put in, as `action id @ position of the event that needs it`. */
function inserted(trace: readonly TraceEvent[]): string[] {
  return planSteps(recordedEvents(trace), new Set()).steps.flatMap((step) =>
    step.kind === 'inserted' ? [`${step.action} ${step.message.id} @ ${step.at}`] : [],
  );
}

describe('the steps of a recording', () => {
  test('duplicate what is received again, and lose what nobody receives as soon as it leaves', () => {
    expect(inserted(STORY)).toEqual([
      'LoseMessage s1:4.0 @ 3',
      'DuplicateMessage s2:3.0 @ 12',
      'LoseMessage s2:5.0 @ 17',
    ]);
  });

  test('lose a message that waited when it is released, not when it is created', () => {
    expect(inserted(STORY.slice(0, 4))).toEqual(['LoseMessage s1:2.0 @ 2', 'LoseMessage s1:4.0 @ 3']);
  });

  test('leave what a recorder saw of the network to the recorder', () => {
    const recorded = STORY.toSpliced(4, 0, { action: 'DropMessage', args: { id: 's1:4.0' } });
    expect(inserted(recorded)).not.toContain('LoseMessage s1:4.0 @ 3');
  });

  test('let the environment send what no event sent', () => {
    expect(inserted(STORY.slice(6, 7))).toEqual([`EnvironmentSends ${VOTE.id} @ 0`]);
  });

  test('know what is in flight and needed later', () => {
    const plan = planSteps(recordedEvents(STORY), new Set([0, 5, 6, 13]));
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
    const { steps, firstStep } = planSteps(recordedEvents(STORY), new Set());
    expect(firstStep).toHaveLength(STORY.length + 1);
    expect(steps[firstStep[12] ?? -1]).toMatchObject({ kind: 'inserted', action: 'DuplicateMessage' });
    expect(steps[firstStep[4] ?? -1]).toMatchObject({
      kind: 'event',
      event: { action: 'HandleRequestVoteRequest' },
    });
  });
});
