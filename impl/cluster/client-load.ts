import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientPorts, ClusterClient } from './cluster-client.ts';

/** What the clients saw. */
export interface LoadReport {
  /** Commands that were answered. */
  readonly completed: number;
  readonly redirects: number;
  /** Answers that a linearizable store cannot give, in words. */
  readonly wrongAnswers: readonly string[];
}

/** How much the clients ask for. */
export interface LoadOptions {
  readonly clients: number;
  /** Commands a second, of all clients together. */
  readonly rate: number;
  /** The clients stop after so many commands altogether. */
  readonly maxCommands: number;
}

/** Every so many-th command of a client reads what another one wrote. */
const READ_EVERY = 4;

/**
 * Runs clients until `signal` ends them. Each appends to a key of its own and sometimes reads a neighbour's, so that
 * every answer can be checked on the spot: after n appends the own value has n characters, and a neighbour's has at
 * least as many as it had been told of when the read began.
 */
export async function runLoad(
  ports: ClientPorts,
  options: LoadOptions,
  signal: AbortSignal,
): Promise<LoadReport> {
  const appended: number[] = Array.from({ length: options.clients }, () => 0);
  const wrongAnswers: string[] = [];
  let issued = 0;
  let completed = 0;
  const pauseMs = (1000 * options.clients) / options.rate;

  const run = async (index: number): Promise<number> => {
    const client = new ClusterClient(`c${index + 1}`, ports);
    const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);
    await pause((pauseMs * index) / options.clients);
    for (let turn = 1; !signal.aborted && issued < options.maxCommands; turn += 1) {
      issued += 1;
      const started = performance.now();
      const reads = turn % READ_EVERY === 0;
      const owner = reads ? (index + 1) % options.clients : index;
      const atLeast = (appended[owner] ?? 0) + (reads ? 0 : 1);
      const key = `k${owner + 1}`;
      const value = await client.submit(
        reads ? { kind: 'get', key } : { kind: 'append', key, value: 'x' },
        signal,
      );
      if (value === undefined) break;
      completed += 1;
      if (reads ? value.length < atLeast : value.length !== atLeast) {
        wrongAnswers.push(`${client.name} expects ${atLeast} characters in ${key}, and gets ${value.length}`);
      }
      if (!reads) appended[index] = value.length;
      await pause(Math.max(0, pauseMs - (performance.now() - started)));
    }
    client.close();
    return client.redirects;
  };

  const redirects = await Promise.all(appended.map((_, index) => run(index)));
  return { completed, redirects: redirects.reduce((sum, count) => sum + count, 0), wrongAnswers };
}
