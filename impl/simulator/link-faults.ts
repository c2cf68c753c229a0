import type { Message, Server } from '../../traces/trace-format.ts';
import type { Random } from '../random.ts';
import type { FaultMix } from './faults.ts';

/** The links between servers: how long a message travels, and which links are cut. */
export class LinkFaults {
  readonly #servers: readonly Server[];
  readonly #random: Random;
  readonly #mix: FaultMix;
  readonly #cut = new Set<string>();
  /** Without reordering: when the last message on a link arrives. */
  readonly #lastArrivalMs = new Map<string, number>();

  constructor(servers: readonly Server[], random: Random, mix: FaultMix) {
    this.#servers = servers;
    this.#random = random;
    this.#mix = mix;
  }

  /** When a message that leaves now arrives. */
  arrivalMs(message: Message, nowMs: number): number {
    const isDelayed = this.#random.chance(this.#mix.delay);
    const longestMs = isDelayed ? this.#mix.delayMs : this.#mix.latencyMs;
    const arrivalMs = nowMs + (longestMs * (1 + this.#random.below(100))) / 100;
    if (this.#mix.reordering) return arrivalMs;
    const link = linkName(message.from, message.to);
    const inOrderMs = Math.max(arrivalMs, this.#lastArrivalMs.get(link) ?? 0);
    this.#lastArrivalMs.set(link, inOrderMs);
    return inOrderMs;
  }

  /** Splits the servers into two groups that do not hear each other; one way, the second still hears the first. */
  partition(oneWay: boolean): void {
    const side = new Set(this.#servers.filter(() => this.#random.chance(0.5)));
    for (const from of this.#servers) {
      for (const to of this.#servers) {
        const leaves = side.has(from) && !side.has(to);
        const enters = !side.has(from) && side.has(to);
        if (enters || (leaves && !oneWay)) this.#cut.add(linkName(from, to));
      }
    }
  }

  heal(): void {
    this.#cut.clear();
  }

  isCut(from: Server, to: Server): boolean {
    return this.#cut.has(linkName(from, to));
  }
}

function linkName(from: Server, to: Server): string {
  return `${from}>${to}`;
}
