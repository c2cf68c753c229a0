import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { itemAt } from '../values/item-at.ts';
import { encodeState } from './encoded-state.ts';
import type { ExploredModel } from './explored-model.ts';
import type { PathEnd, Stop } from './finding.ts';
import { throughout } from './in-steps.ts';
import { Inbox } from './inbox.ts';
import { fitsIntoMemory } from './memory-budget.ts';
import { Outbox } from './outbox.ts';
import { SentRows } from './sent-rows.ts';
import { type Partition, Shard, type ShardHost } from './shard.ts';
import { SharedControl } from './shared-control.ts';
import { TableFull } from './state-table.ts';
import type { Answer, Command, Delivery, EncodedEnd, WorkerCounts, WorkerStart } from './worker-messages.ts';

/** So many states are explored between two looks into the inboxes. */
const STATES_BETWEEN_DELIVERIES = 64;

/** Whoever waits for slow states hears at least so often how many there are. */
const TELL_INTERVAL_MS = 100;

/** States are known to other workers by numbers of 32 bits. */
const GREATEST_NUMBER = 0x7fffffff;

interface Peer {
  readonly port: MessagePort;
  readonly place: number;
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  isAtEnd: boolean;
}

/** One of several threads that search together: its shard, and what it exchanges with the others. */
export class ShardWorker implements ShardHost, Partition {
  readonly self: number;
  /** A worker alone owns all states. */
  readonly partition: Partition | undefined;
  readonly continueAfterViolation: boolean;
  readonly #model: ExploredModel;
  readonly #start: WorkerStart;
  readonly #control: SharedControl;
  readonly #answer: (answer: Answer) => void;
  readonly #shard: Shard;
  readonly #peers: (Peer | undefined)[];
  readonly #sent: SentRows;
  #findingsTold = 0;
  #toldMs = 0;

  constructor(model: ExploredModel, start: WorkerStart, answer: (answer: Answer) => void) {
    this.#model = model;
    this.#start = start;
    this.self = start.self;
    this.partition = start.ports.length > 1 ? this : undefined;
    this.continueAfterViolation = start.options.continueAfterViolation;
    this.#control = new SharedControl(start.control);
    this.#answer = answer;
    this.#shard = new Shard(model, this);
    this.#sent = new SentRows(model.variables.length);
    this.#peers = start.ports.map((port, place) => port && this.#peer(port, place));
  }

  obey(command: Command): void {
    if (command.type === 'tell state') this.#tellState(command.index);
    else this.#level(command.type);
  }

  shouldStop(explored: number): Stop | undefined {
    const stop = this.#control.stop;
    if (stop !== undefined) return stop;
    if (explored % STATES_BETWEEN_DELIVERIES === 0) this.#takeDeliveries();
    const { stopInterval, maxMemoryBytes } = this.#start.options;
    if (explored % stopInterval !== 0) {
      if (performance.now() - this.#toldMs > TELL_INTERVAL_MS) this.#tell();
      return undefined;
    }
    this.#tell();
    return fitsIntoMemory(this.#shard.store.states.nextGrowthBytes, maxMemoryBytes) ? undefined : 'memory';
  }

  #tell(): void {
    this.#toldMs = performance.now();
    this.#answer({ type: 'progress', ...this.#counts });
  }

  mayStore(stored: number): boolean {
    if (this.globalNumber(stored) > GREATEST_NUMBER) throw new TableFull('too many states for one worker');
    const { maxStates } = this.#start.options;
    return maxStates === Infinity || this.#control.countStored(maxStates);
  }

  ownerOf(commonHash: number): number {
    return (commonHash >>> 0) % this.#peers.length;
  }

  globalNumber(index: number): number {
    return index * this.#peers.length + this.self;
  }

  send(owner: number, numbers: Int32Array, predecessor: number): void {
    if (!this.#sent.testAndAdd(numbers)) itemAt(this.#peers, owner)?.outbox.add(numbers, predecessor);
  }

  #peer(port: MessagePort, place: number): Peer {
    const { tables } = this.#shard.store;
    const post = (delivery: Delivery, transferred: ArrayBuffer[]) => {
      port.postMessage(delivery, transferred);
      this.#control.wake(place);
    };
    return { port, place, outbox: new Outbox(tables, post), inbox: new Inbox(tables), isAtEnd: false };
  }

  #level(type: 'find initial states' | 'explore level'): void {
    // A state may have another view at another level.
    if (this.#model.level?.wasRead === true) this.#sent.clear();
    if (type === 'find initial states') this.#shard.findInitialStates();
    else throughout(this.#shard.exploreLevel());
    this.#spreadStop();
    for (const peer of this.#peers) {
      if (this.#shard.failure !== undefined) peer?.outbox.discard();
      peer?.outbox.endLevel();
    }
    this.#awaitOthers();
    this.#spreadStop();
    this.#tellLevelDone();
  }

  #spreadStop(): void {
    if (this.#shard.stopped !== undefined) this.#control.stopAll(this.#shard.stopped);
  }

  /** Takes what the others found, until they all have come to the end of the level. */
  #awaitOthers(): void {
    for (;;) {
      const wakings = this.#control.wakings(this.self);
      this.#takeDeliveries();
      if (this.#peers.every((peer) => peer === undefined || peer.isAtEnd)) break;
      this.#control.sleep(this.self, wakings);
    }
    for (const peer of this.#peers) if (peer !== undefined) peer.isAtEnd = false;
  }

  #takeDeliveries(): void {
    for (const peer of this.#peers) {
      while (peer !== undefined && !peer.isAtEnd) {
        const delivery: Delivery | undefined = receiveMessageOnPort(peer.port)?.message;
        if (delivery === undefined) break;
        if (delivery === 'end of level') peer.isAtEnd = true;
        else peer.inbox.open(delivery, this.#receive);
      }
    }
  }

  readonly #receive = (numbers: Int32Array, predecessor: number) => this.#shard.receive(numbers, predecessor);

  get #counts(): WorkerCounts {
    const { generated, queue, store } = this.#shard;
    return { generated, queue, stored: store.states.size };
  }

  #tellLevelDone(): void {
    const { findings, failure, stopped } = this.#shard;
    const untold = findings.slice(this.#findingsTold);
    this.#findingsTold = findings.length;
    this.#answer({
      type: 'level done',
      ...this.#counts,
      stopped,
      findings: untold.map(({ kind, name, end }) => ({ kind, name, end: encodeEnd(end) })),
      failure: failure && {
        during: failure.during,
        code: failure.error.code,
        message: failure.error.message,
        span: failure.error.span,
        end: encodeEnd(failure.end),
      },
    });
  }

  #tellState(index: number): void {
    const { store } = this.#shard;
    const state = encodeState(store.state(index));
    this.#answer({ type: 'state', predecessor: store.states.predecessor(index), state });
  }
}

function encodeEnd({ stored, last }: PathEnd): EncodedEnd {
  return { stored, last: last && encodeState(last) };
}
