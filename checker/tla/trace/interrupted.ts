import type { EngineVerdict } from '../../verdict.ts';

/** The verdict of a check that was ended before its end, after so many events. */
export function interrupted(reason: 'time' | 'signal', events: number): EngineVerdict {
  const [code, what] =
    reason === 'time' ? ['RC4001', 'the time budget is exhausted'] : ['RC4002', 'interrupted'];
  return { verdict: 'inconclusive', code, message: `${what} after ${events} events`, events };
}
