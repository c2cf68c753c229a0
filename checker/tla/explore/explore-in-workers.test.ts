import { describe, expect, it } from 'vitest';
import { format } from '../values/operations.ts';
import { explore } from './explore.ts';
import { exploreInWorkers, type WorkerSearchOptions } from './explore-in-workers.ts';
import { openModel } from './worker-models.fixture.ts';

function searched(job: string, options: WorkerSearchOptions) {
  const module = new URL('./worker-models.fixture.ts', import.meta.url).href;
  return exploreInWorkers({ module, job }, options);
}

describe('several workers', () => {
  it.each([
    ['counters', [1, 2, 3]],
    ['constrained', [2]],
    ['empty', [2]],
    ['onlyX', [3]],
    ['view', [2]],
    ['twoPhase', [2, 3]],
    ['symmetricTwoPhase', [2]],
    ['symmetricView', [2]],
  ])('count as one thread does: %s', async (job, numbers) => {
    const alone = explore(openModel(job));
    expect(alone.outcome).toBe('complete');
    for (const workers of numbers) expect(await searched(job, { workers })).toEqual(alone);
  });

  it.each(['solved', 'twoLocks', 'upwards', 'violatedOutside'])(
    'find what one thread finds: %s',
    async (job) => {
      const alone = explore(openModel(job));
      const report = await searched(job, { workers: 2 });
      if (alone.outcome !== 'violated' || report.outcome !== 'violated') throw new Error('nothing found');
      const path = report.violations[0]?.path ?? [];
      expect(report.violations[0]?.kind).toBe(alone.violations[0]?.kind);
      expect(path).toHaveLength(alone.violations[0]?.path.length ?? 0);
      for (let i = 1; i < path.length; i++) {
        const successors: string[] = [];
        openModel(job).successors(path[i - 1] ?? [], (to) => successors.push(to.map(format).join()));
        expect(successors).toContain(path[i]?.map(format).join());
      }
    },
  );

  it('tell what cannot be evaluated, with the path', async () => {
    const report = await searched('refused', { workers: 2 });
    expect(report).toMatchObject({
      outcome: 'failed',
      failure: { during: { what: 'invariant', name: 'Refused' }, error: { code: 'RC1853' } },
    });
    if (report.outcome === 'failed') expect(report.failure.path).toHaveLength(8);
  });

  it('go on after a violation if told, with the same counts', async () => {
    const options = { workers: 3, continueAfterViolation: true };
    const report = await searched('solved', options);
    expect(report).toMatchObject({ outcome: 'violated', ended: 'complete', distinct: 16, generated: 97 });
  });

  it('keep to their budgets', async () => {
    const outcome = 'exhausted';
    const job = 'manyCounters';
    const abort = AbortSignal.abort();
    expect(await searched(job, { workers: 2, maxStates: 10 })).toMatchObject({ outcome, budget: 'states' });
    expect(await searched(job, { workers: 2, maxDepth: 3 })).toMatchObject({
      outcome,
      budget: 'depth',
      distinct: 6,
    });
    expect(await searched(job, { workers: 2, maxMemoryBytes: 1 })).toMatchObject({
      outcome,
      budget: 'memory',
    });
    expect(await searched(job, { workers: 2, abort })).toMatchObject({ outcome, budget: 'signal' });
    const shouldStop = () => 'time' as const;
    expect(await searched(job, { workers: 2, shouldStop })).toMatchObject({ outcome, budget: 'time' });
  });

  it('tell their progress', async () => {
    const counts: number[] = [];
    await searched('manyCounters', {
      workers: 2,
      progressInterval: 20_000,
      onProgress: ({ distinct }) => counts.push(distinct),
    });
    expect(counts.length).toBeGreaterThan(0);
    expect(counts.length).toBeLessThan(5);
  });

  it('throw what opening the model throws', async () => {
    await expect(searched('unknown', { workers: 2 })).rejects.toThrow('no model unknown');
  });
});
