import type { CounterexampleStep } from '../tlc/tlc-counterexample.ts';
import type { Violation } from '../tlc/tlc-report.ts';

/** The engines that explore models. */
export const MODEL_ENGINES = ['native', 'tlc'] as const;
export type ModelEngine = (typeof MODEL_ENGINES)[number];

/** A property, or a part of one, that an engine does not check. */
export interface UncheckedProperty {
  readonly property: string;
  /** What of it, and why. */
  readonly why: string;
  readonly file: string;
  readonly line: number;
}

/** What an engine says about a model. The counts are those at its end, as TLC counts; null where there are none yet. */
export type ModelVerdict = {
  readonly engine: ModelEngine;
  readonly distinct: number | null;
  readonly generated: number | null;
  readonly depth: number | null;
  readonly elapsedMs: number;
  /** null for another engine than TLC. */
  readonly tlcVersion: string | null;
  readonly notChecked: readonly UncheckedProperty[];
  /** In how many states behaviours were looked for, where SYMMETRY or VIEW makes them fewer but behaviours need them all. */
  readonly livenessStates?: number;
} & (
  | { readonly verdict: 'holds' }
  | {
      readonly verdict: 'violated';
      readonly code: 'RC3001' | 'RC3002';
      readonly kind: Violation['kind'];
      /** null where TLC does not tell which, and for a deadlock. */
      readonly property: string | null;
      readonly message: string;
      readonly steps: readonly CounterexampleStep[];
      /** For a property of whole behaviours: the step to which the last one leads back, null if it stutters. */
      readonly loopsTo?: number | null;
    }
  | {
      readonly verdict: 'inconclusive';
      readonly code: 'RC4001' | 'RC4002' | 'RC4280' | 'RC4282' | 'RC4283';
      readonly message: string;
    }
);

/** What a manifest promises of a model. */
export type ExpectedVerdict =
  | {
      readonly verdict: 'holds';
      readonly distinct: number;
      readonly generated: number;
      readonly depth: number;
    }
  | { readonly verdict: 'violated'; readonly property: string };

/**
 * Whether a model came out as its manifest promises.
 *
 * @returns what differs, for people; undefined if nothing does
 */
export function differenceFromExpected(verdict: ModelVerdict, expected: ExpectedVerdict): string | undefined {
  if (verdict.verdict === 'inconclusive') return undefined;
  if (verdict.verdict !== expected.verdict) {
    return `the manifest expects "${expected.verdict}", and it is "${verdict.verdict}"`;
  }
  if (expected.verdict === 'violated') {
    if (verdict.verdict === 'violated' && verdict.property === expected.property) return undefined;
    return `the manifest expects a violation of ${expected.property}`;
  }
  const differing = COUNTS.filter((count) => verdict[count] !== expected[count]);
  if (differing.length === 0) return undefined;
  return `the manifest expects ${differing.map((count) => `${expected[count]} ${count}`).join(', ')}, and it is ${differing
    .map((count) => `${verdict[count]}`)
    .join(', ')}`;
}

const COUNTS = ['distinct', 'generated', 'depth'] as const;

/**
 * In what two engines contradict each other. Where one has no verdict they do not. The counts are compared only where
 * the whole state space was searched: at a violation they depend on the order of the search.
 *
 * @returns what differs, for people; undefined if nothing does
 */
export function contradiction(one: ModelVerdict, other: ModelVerdict): string | undefined {
  if (one.verdict === 'violated' || other.verdict === 'violated') {
    if (one.verdict === 'inconclusive' || other.verdict === 'inconclusive') return undefined;
    if (one.verdict !== other.verdict && !isAboutMergedStates(one, other)) {
      return `${one.engine} says "${one.verdict}", ${other.engine} says "${other.verdict}"`;
    }
    return undefined;
  }
  if (!isComplete(one) || !isComplete(other)) return undefined;
  const differing = COUNTS.filter((count) => one[count] !== other[count]);
  if (differing.length === 0) return undefined;
  return `${differing.map((count) => `${count} is ${one[count]} for ${one.engine}, ${other[count]} for ${other.engine}`).join('; ')}`;
}

/** TLC looks for behaviours among states that SYMMETRY or VIEW made one, and finds some that are none, or misses some. */
function isAboutMergedStates(...verdicts: readonly ModelVerdict[]): boolean {
  return (
    verdicts.some(({ livenessStates }) => livenessStates !== undefined) &&
    verdicts.every((each) => each.verdict !== 'violated' || each.kind === 'temporalProperty')
  );
}

/** Whether every state was looked at. */
function isComplete(verdict: ModelVerdict): boolean {
  return verdict.verdict === 'holds' || (verdict.verdict === 'inconclusive' && verdict.code === 'RC4280');
}
