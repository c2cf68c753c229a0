import { describe, expect, it } from 'vitest';
import { limited, recordRun } from '../mutations.ts';
import { judge } from './judge.ts';
import { fieldMutations } from './mutate-field.ts';
import { emptyScore, scoreRun } from './score.ts';

describe('mutated traces', () => {
  it('are noticed, but for those that the spec allows', async () => {
    const score = emptyScore();
    const isWanted = limited(1);
    for (const seed of [3, 7]) await scoreRun(recordRun(seed, 250), score, isWanted);
    expect(score.survivors.filter(({ reason }) => reason === undefined)).toEqual([]);
    const mutations = [...score.byAction.values()].reduce((sum, row) => sum + row.mutations, 0);
    expect(mutations).toBeGreaterThan(500);
    // A table in which nothing reaches replay would prove nothing of it.
    for (const [action, row] of score.byAction) {
      if (action !== 'DropMessage' && action !== 'DuplicateMessage')
        expect(row.rejected, action).toBeGreaterThan(0);
    }
  });

  it('differ from the trace that they come from, which is accepted', async () => {
    const { header, events } = recordRun(3, 250);
    expect(await judge(header, events)).toMatchObject({ outcome: 'accepted' });
    for (const event of events.slice(0, 20)) {
      for (const { event: changed } of fieldMutations(event, header.servers))
        expect(changed).not.toEqual(event);
    }
  });
});
