import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import { startThread } from '../../own-thread.ts';
import { itemAt } from '../values/item-at.ts';
import type { ExploreOptions } from './explore-options.ts';
import type { Stop } from './finding.ts';
import { heapLimit, isOutOfMemory } from './memory-budget.ts';
import type { ModelLocation } from './model-module.ts';
import { SharedControl } from './shared-control.ts';
import type { Answer, Command, WorkerStart } from './worker-messages.ts';

/** The worker's memory is full. The search ends, but it is no error. */
export class OutOfMemory extends Error {}

/** A file beside this one, with the same ending. */
const ENTRY = import.meta.url.replace('worker-team', 'explore-worker');

/** The threads of one search. */
export class WorkerTeam {
  readonly size: number;
  /** Called with each answer. */
  onAnswer: (answer: Answer, worker: number) => void = () => {};
  readonly #control: SharedControl;
  readonly #workers: readonly Worker[];
  #fail: (error: unknown) => void = () => {};
  /** Rejects as soon as a worker dies. */
  readonly death = new Promise<never>((_, reject) => {
    this.#fail = reject;
  });

  constructor(location: ModelLocation, options: ExploreOptions & { readonly workers: number }) {
    this.size = Math.max(1, Math.floor(options.workers));
    this.#control = SharedControl.forWorkers(this.size);
    // Whoever waits for an answer hears of a death; if nobody waits, it does not matter.
    this.death.catch(() => {});
    const ports = connectAll(this.size);
    this.#workers = ports.map((row, self) => this.#hire(location, options, self, row));
  }

  command(worker: number, command: Command): void {
    itemAt(this.#workers, worker).postMessage(command);
  }

  commandAll(command: Command): void {
    for (let worker = 0; worker < this.size; worker++) this.command(worker, command);
  }

  stopAll(stop: Stop): void {
    this.#control.stopAll(stop);
  }

  async dismiss(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #hire(
    location: ModelLocation,
    options: ExploreOptions,
    self: number,
    ports: readonly (MessagePort | undefined)[],
  ): Worker {
    const start: WorkerStart = {
      location,
      self,
      ports,
      control: this.#control.buffer,
      options: {
        continueAfterViolation: options.continueAfterViolation ?? false,
        maxStates: options.maxStates ?? Infinity,
        maxMemoryBytes: options.maxMemoryBytes ?? Infinity,
        stopInterval: options.stopInterval ?? 1024,
      },
    };
    const worker = startThread(ENTRY, {
      workerData: start,
      transferList: ports.filter((port) => port !== undefined),
      ...heapLimit(options.maxMemoryBytes),
    });
    worker.on('message', (answer: Answer) => this.onAnswer(answer, self));
    worker.on('error', (error) => this.#fail(isOutOfMemory(error) ? new OutOfMemory() : error));
    worker.on('exit', () => this.#fail(new Error('a worker of the search ended too early')));
    return worker;
  }
}

/** A port from each to each other. */
function connectAll(size: number): (MessagePort | undefined)[][] {
  const rows: (MessagePort | undefined)[][] = Array.from({ length: size }, () => Array(size).fill(undefined));
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const { port1, port2 } = new MessageChannel();
      itemAt(rows, a)[b] = port1;
      itemAt(rows, b)[a] = port2;
    }
  }
  return rows;
}
