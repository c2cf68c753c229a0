import type { Random } from '../random.ts';

/** What may go wrong in a simulated cluster. */
export const FAULTS = [
  'loss',
  'duplication',
  'delay',
  'reordering',
  'partition',
  'one-way-partition',
  'crash',
  'torn-write',
  'slow-disk',
  'disk-error',
  'clock-drift',
] as const;
export type Fault = (typeof FAULTS)[number];

/** How a run behaves: probabilities are per message or per decision, times are virtual milliseconds. */
export interface FaultMix {
  readonly loss: number;
  readonly duplication: number;
  /** The longest way of a message that is not delayed, and of one that is. */
  readonly latencyMs: number;
  readonly delay: number;
  readonly delayMs: number;
  /** Without it messages of one server to another arrive in the order in which they left. */
  readonly reordering: boolean;
  /** The mean time between two partitions; 0 for none. */
  readonly partitionEveryMs: number;
  readonly oneWayPartitionEveryMs: number;
  readonly crashEveryMs: number;
  /** The probability that the last write that survives a crash is torn. */
  readonly tornWrite: number;
  readonly syncMs: number;
  /** The probability that a sync fails. */
  readonly diskError: number;
  /** How much faster or slower than another a server's clock runs, as a fraction. */
  readonly clockDrift: number;
  /** The mean time between two commands of clients. */
  readonly commandEveryMs: number;
  /** The most entries in one AppendEntries request: no fault, but a leader that needs many rounds is slower to agree. */
  readonly maxEntries: number;
}

/**
 * Draws how a run behaves: each seed has its own mix, so that many seeds try many worlds, the rare and extreme ones
 * too. A fault that is not in `faults` does not occur.
 */
export function drawFaultMix(random: Random, faults: ReadonlySet<Fault>): FaultMix {
  const drawn = (fault: Fault, draw: () => number): number => {
    const value = draw();
    const isOn = random.chance(0.7);
    return faults.has(fault) && isOn ? value : 0;
  };
  return {
    loss: drawn('loss', () => random.below(20) / 100),
    duplication: drawn('duplication', () => random.below(15) / 100),
    latencyMs: random.between(1, 20),
    delay: drawn('delay', () => random.below(10) / 100),
    delayMs: random.between(50, 500),
    reordering: drawn('reordering', () => 1) === 1,
    partitionEveryMs: drawn('partition', () => random.between(300, 4000)),
    oneWayPartitionEveryMs: drawn('one-way-partition', () => random.between(300, 4000)),
    crashEveryMs: drawn('crash', () => random.between(100, 3000)),
    tornWrite: drawn('torn-write', () => random.below(80) / 100),
    syncMs: faults.has('slow-disk') ? random.pick([0, 1, 5, 40]) : 1,
    clockDrift: drawn('clock-drift', () => random.below(50) / 100),
    commandEveryMs: random.between(3, 60),
    diskError: drawn('disk-error', () => random.below(20) / 1000),
    maxEntries: random.pick([1, 2, 8, 64]),
  };
}
