import type { Counts, ExploreReport, Failure, Violation } from './explore-report.ts';
import type { Stop } from './finding.ts';

/** How a search ended. */
export interface SearchEnd {
  /** undefined if each state was explored. */
  readonly stopped: Stop | undefined;
  readonly violations: readonly Violation[];
  readonly failure: Failure | undefined;
}

/** What a search found says more than what ended it. */
export function reportOf(counts: Counts, { stopped, violations, failure }: SearchEnd): ExploreReport {
  if (failure !== undefined) return { ...counts, outcome: 'failed', failure, violations };
  if (stopped === 'failed') throw new Error('the search failed, but nobody knows where');
  if (violations.length > 0)
    return { ...counts, outcome: 'violated', violations, ended: stopped ?? 'complete' };
  if (stopped === 'at violation') throw new Error('a violation ended the search, but nobody knows which');
  if (stopped !== undefined) return { ...counts, outcome: 'exhausted', budget: stopped };
  return { ...counts, outcome: 'complete' };
}
