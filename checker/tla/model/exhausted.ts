import type { ModelVerdict } from '../../model/model-verdict.ts';
import type { Budget } from '../explore/explore-report.ts';

/** What every verdict has. */
export type Common = Pick<
  ModelVerdict,
  'engine' | 'distinct' | 'generated' | 'depth' | 'elapsedMs' | 'tlcVersion' | 'notChecked'
>;

/** The verdict where a limit was met. */
export function exhausted(common: Common, budget: Budget): ModelVerdict {
  switch (budget) {
    case 'time':
      return { ...common, verdict: 'inconclusive', code: 'RC4001', message: 'the time budget is exhausted' };
    case 'signal':
      return { ...common, verdict: 'inconclusive', code: 'RC4002', message: 'the run was interrupted' };
    default:
      return {
        ...common,
        verdict: 'inconclusive',
        code: 'RC4282',
        message: `the budget of ${budget} is exhausted`,
      };
  }
}
