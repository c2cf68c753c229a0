import { describe, expect, it } from 'vitest';
import type { EngineName, EngineVerdict } from '../verdict.ts';
import { reconcile } from './reconcile.ts';

const accepted: EngineVerdict = { verdict: 'accepted' };
const inconclusive: EngineVerdict = { verdict: 'inconclusive', code: 'RC4001', message: 'time is up' };
const crashed: EngineVerdict = { verdict: 'failed', code: 'RC5001', message: 'crashed' };

function rejectedAt(engine: EngineName, position: number): EngineVerdict {
  return {
    verdict: 'rejected',
    rejection: {
      code: engine === 'replay' ? 'RC2001' : 'RC3001',
      file: 'run.ndjson',
      line: position + 2,
      position,
      server: 's1',
      action: 'Timeout',
      message: 'no',
      engine,
    },
  };
}

describe('the verdict over several engines', () => {
  it.each([
    ['both accept', accepted, accepted, 'accepted'],
    ['replay, the weaker engine, accepts what TLC rejects', accepted, rejectedAt('tlc', 3), 'rejected'],
    ['both reject the same event', rejectedAt('replay', 3), rejectedAt('tlc', 3), 'rejected'],
    ['TLC gave up: its acceptance is not assumed', accepted, inconclusive, 'inconclusive'],
    ['TLC gave up, but replay has a fault to show', rejectedAt('replay', 3), inconclusive, 'rejected'],
    ['replay gave up, TLC did not', inconclusive, accepted, 'accepted'],
    ['TLC crashed', accepted, crashed, 'failed'],
    ['replay crashed', crashed, accepted, 'failed'],
  ] as const)('%s', (_name, replay, tlc, verdict) => {
    expect(reconcile({ replay, tlc }).verdict).toBe(verdict);
  });

  it('names the cause that replay knows where both reject the same event', () => {
    const verdict = reconcile({ replay: rejectedAt('replay', 3), tlc: rejectedAt('tlc', 3) });
    expect(verdict).toMatchObject({ rejection: { engine: 'replay' } });
  });

  it('names the earlier event where TLC sees a fault first', () => {
    const verdict = reconcile({ replay: rejectedAt('replay', 9), tlc: rejectedAt('tlc', 3) });
    expect(verdict).toMatchObject({ rejection: { engine: 'tlc', position: 3 } });
  });

  it('is a fault of raftcheck where replay rejects what TLC accepts', () => {
    expect(reconcile({ replay: rejectedAt('replay', 3), tlc: accepted })).toMatchObject({
      verdict: 'failed',
      code: 'RC5010',
    });
    expect(reconcile({ replay: rejectedAt('replay', 3), tlc: rejectedAt('tlc', 4) })).toMatchObject({
      verdict: 'failed',
      code: 'RC5010',
    });
  });

  it.each(['RC2004', 'RC2014', 'RC2029'])(
    'keeps %s: that a message left is said by its id, which TLC does not see',
    (code) => {
      const replay = rejectedAt('replay', 3);
      if (replay.verdict !== 'rejected') throw new Error('not rejected');
      const named: EngineVerdict = { verdict: 'rejected', rejection: { ...replay.rejection, code } };
      expect(reconcile({ replay: named, tlc: accepted })).toEqual(named);
    },
  );

  it('never accepts without an engine', () => {
    expect(reconcile({})).toMatchObject({ verdict: 'failed', code: 'RC5011' });
  });
});
