import { describe, expect, it } from 'vitest';
import type { EngineName, EngineVerdict } from '../verdict.ts';
import { reconcile } from './reconcile.ts';

const accepted: EngineVerdict = { verdict: 'accepted' };
const inconclusive: EngineVerdict = { verdict: 'inconclusive', code: 'RC4001', message: 'time is up' };
const crashed: EngineVerdict = { verdict: 'failed', code: 'RC5001', message: 'crashed' };

const CODES: Readonly<Record<EngineName, string>> = { replay: 'RC2001', native: 'RC3201', tlc: 'RC3101' };

function rejectedAt(engine: EngineName, position: number, code = CODES[engine]): EngineVerdict {
  return {
    verdict: 'rejected',
    rejection: {
      code,
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

/** What an engine can say: a number is the position of the event that it rejects. */
type Said = 'absent' | 'accepted' | 'inconclusive' | 'failed' | 3 | 5;
const SAID: readonly Said[] = ['absent', 'accepted', 'inconclusive', 'failed', 3, 5];

function verdictOf(engine: EngineName, said: Said): EngineVerdict | undefined {
  if (said === 'absent') return undefined;
  if (said === 'accepted') return accepted;
  if (said === 'inconclusive') return inconclusive;
  return said === 'failed' ? crashed : rejectedAt(engine, said);
}

function outcome(said: Readonly<Partial<Record<EngineName, Said>>>): string {
  const { replay = 'absent', native = 'absent', tlc = 'absent' } = said;
  const [byReplay, byNative, byTlc] = [
    verdictOf('replay', replay),
    verdictOf('native', native),
    verdictOf('tlc', tlc),
  ];
  const verdict = reconcile({
    ...(byReplay === undefined ? {} : { replay: byReplay }),
    ...(byNative === undefined ? {} : { native: byNative }),
    ...(byTlc === undefined ? {} : { tlc: byTlc }),
  });
  if (verdict.verdict === 'rejected') return `${verdict.rejection.engine} ${verdict.rejection.position}`;
  return verdict.verdict === 'failed' ? verdict.code : verdict.verdict;
}

/** Rows: what the first says; columns: what the second says, in the order of SAID. */
function table(first: EngineName, second: EngineName): Record<string, string> {
  return Object.fromEntries(
    SAID.map((row) => [
      String(row),
      SAID.map((column) => outcome({ [first]: row, [second]: column })).join(' | '),
    ]),
  );
}

describe('the verdict over two engines, each pair of what they can say', () => {
  it('native and TLC agree on verdict and event, or raftcheck is wrong', () => {
    expect(table('native', 'tlc')).toEqual({
      absent: 'RC5011 | accepted | inconclusive | RC5001 | tlc 3 | tlc 5',
      accepted: 'accepted | accepted | accepted | RC5001 | RC5010 | RC5010',
      inconclusive: 'inconclusive | accepted | inconclusive | RC5001 | tlc 3 | tlc 5',
      failed: 'RC5001 | RC5001 | RC5001 | RC5001 | RC5001 | RC5001',
      3: 'native 3 | RC5010 | native 3 | RC5001 | native 3 | RC5010',
      5: 'native 5 | RC5010 | native 5 | RC5001 | RC5010 | native 5',
    });
  });

  it.each(['native', 'tlc'] as const)(
    'replay may accept what %s rejects, not the other way round',
    (strong) => {
      // Native names the cause better than replay, TLC does not.
      const best = strong === 'native' ? 'native' : 'replay';
      expect(table('replay', strong)).toEqual({
        absent: `RC5011 | accepted | inconclusive | RC5001 | ${strong} 3 | ${strong} 5`,
        accepted: `accepted | accepted | inconclusive | RC5001 | ${strong} 3 | ${strong} 5`,
        inconclusive: `inconclusive | accepted | inconclusive | RC5001 | ${strong} 3 | ${strong} 5`,
        failed: 'RC5001 | RC5001 | RC5001 | RC5001 | RC5001 | RC5001',
        3: `replay 3 | RC5010 | replay 3 | RC5001 | ${best} 3 | RC5010`,
        5: `replay 5 | RC5010 | replay 5 | RC5001 | ${strong} 3 | ${best} 5`,
      });
    },
  );
});

describe('the verdict over three engines', () => {
  it('is what replay and the agreement of the other two come to, whatever they say', () => {
    for (const replay of SAID) {
      for (const native of SAID) {
        for (const tlc of SAID) {
          const pair = outcome({ native, tlc });
          const expected = [replay, native, tlc].includes('failed')
            ? 'RC5001'
            : pair === 'RC5010'
              ? 'RC5010'
              : outcome({ replay, native: tlc === 'inconclusive' || tlc === 'absent' ? native : tlc }) ===
                  'RC5010'
                ? 'RC5010'
                : undefined;
          if (expected !== undefined) expect(outcome({ replay, native, tlc })).toBe(expected);
          else if ([replay, native, tlc].every((said) => said === 'absent')) continue;
          else expect(outcome({ replay, native, tlc })).not.toMatch(/^RC/);
        }
      }
    }
  });

  it('needs the acceptance of an engine that asks for a behaviour of the spec, where one ran', () => {
    for (const replay of SAID) {
      for (const native of SAID) {
        for (const tlc of SAID) {
          if (outcome({ replay, native, tlc }) !== 'accepted') continue;
          const strong = [native, tlc].filter((said) => said !== 'absent');
          if (strong.length > 0) expect(strong).toContain('accepted');
          else expect(replay).toBe('accepted');
        }
      }
    }
  });

  it('says who contradicts whom, and where', () => {
    const verdict = reconcile({ native: rejectedAt('native', 3), tlc: rejectedAt('tlc', 5) });
    expect(verdict).toMatchObject({
      message:
        'the engines contradict each other: native rejects Timeout at run.ndjson:5, and TLC rejects Timeout at run.ndjson:7',
    });
    expect(reconcile({ replay: rejectedAt('replay', 3), native: accepted })).toMatchObject({
      message:
        'the engines contradict each other: replay rejects Timeout at run.ndjson:5, and native accepts the trace up to it',
    });
  });
});

describe('rules about the ids of messages, which replay alone sees', () => {
  it.each(['RC2004', 'RC2014', 'RC2029'])('%s stands against an acceptance', (code) => {
    const replay = rejectedAt('replay', 3, code);
    expect(reconcile({ replay, native: accepted, tlc: accepted })).toEqual(replay);
    expect(reconcile({ replay, tlc: accepted })).toEqual(replay);
    expect(reconcile({ replay, native: inconclusive })).toEqual(replay);
    expect(reconcile({ replay, native: crashed })).toEqual(crashed);
    expect(reconcile({ replay, native: rejectedAt('native', 1) })).toMatchObject({
      rejection: { position: 1 },
    });
  });

  it.each(['RC2004', 'RC2014', 'RC2029'])('%s stands against the rejection of a later event', (code) => {
    const replay = rejectedAt('replay', 3, code);
    expect(reconcile({ replay, native: rejectedAt('native', 5) })).toEqual(replay);
    expect(reconcile({ replay, native: rejectedAt('native', 5), tlc: rejectedAt('tlc', 5) })).toEqual(replay);
    expect(reconcile({ replay, tlc: rejectedAt('tlc', 5) })).toEqual(replay);
    expect(reconcile({ replay, native: rejectedAt('native', 3) })).toMatchObject({
      rejection: { engine: 'native', rule: { code } },
    });
    // Where native and TLC contradict each other, raftcheck is wrong all the same.
    expect(reconcile({ replay, native: rejectedAt('native', 5), tlc: accepted })).toMatchObject({
      code: 'RC5010',
    });
  });
});

describe('a property that fails in a run whose every event is a step of the spec', () => {
  const replay: EngineVerdict = { verdict: 'inconclusive', code: 'RC4010', message: 'two leaders in term 1' };

  it('is no acceptance, whoever accepts', () => {
    expect(reconcile({ replay, native: accepted })).toEqual(replay);
    expect(reconcile({ replay, tlc: accepted })).toEqual(replay);
    expect(reconcile({ replay, native: accepted, tlc: inconclusive })).toEqual(replay);
  });

  it('says nothing against a rejection, or a verdict that is missing', () => {
    expect(reconcile({ replay, native: rejectedAt('native', 3) })).toEqual(rejectedAt('native', 3));
    expect(reconcile({ replay, native: inconclusive })).toEqual(inconclusive);
    expect(reconcile({ replay, native: crashed })).toEqual(crashed);
  });
});

it('never accepts without an engine', () => {
  expect(reconcile({})).toMatchObject({ verdict: 'failed', code: 'RC5011' });
});
