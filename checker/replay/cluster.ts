import type { Feature, Header, InitialState, Server } from '../../traces/trace-format.ts';
import { LogTree } from './log-tree.ts';
import { History } from './properties.ts';
import { bitsOf, lastNode, ServerState } from './state.ts';

/** All servers of a run, and what the checks of its events share. */
export class Cluster {
  readonly header: Header;
  readonly tree = new LogTree();
  readonly servers: readonly ServerState[];
  readonly voters: readonly ServerState[];
  readonly #byName = new Map<Server, ServerState>();
  readonly atomicPersistence: boolean;
  /** The bits of the variables that the header observes. */
  readonly observed: number;
  /** What the event under check has changed, so far, as bits of VARIABLE_BITS. */
  changed = 0;
  /** How much of the log from before the event is still there: meaningful where the event changed the log. */
  keptLength = 0;

  readonly history: History;

  constructor(header: Header) {
    this.header = header;
    const atomic: Feature = 'atomicPersistence';
    this.atomicPersistence = header.features.includes(atomic);
    this.observed = bitsOf(header.observed);
    this.servers = header.servers.map(
      (name, number) => new ServerState(name, number, header, this.tree.root),
    );
    for (const server of this.servers) this.#byName.set(server.name, server);
    this.voters = this.servers.filter((server) => server.isVoter);
    for (const [name, told] of Object.entries(header.initial ?? {})) this.#assume(this.server(name), told);
    this.history = new History(this);
  }

  /** The server of that name. @throws if the header has none, which the reader has excluded */
  server(name: Server): ServerState {
    const server = this.#byName.get(name);
    if (server === undefined) throw new Error(`${name} is not one of the header's servers`);
    return server;
  }

  /** The state of a server in mid-life; what is not told has its initial value, and all of it is durable. */
  #assume(server: ServerState, told: InitialState): void {
    server.currentTerm = told.currentTerm ?? 0;
    server.votedFor = told.votedFor ?? null;
    server.role = told.role ?? 'follower';
    server.commitIndex = told.commitIndex ?? 0;
    for (const entry of told.log) server.log.push(this.tree.extend(lastNode(server), entry));
    for (const peer of told.votesGranted ?? []) server.votesGranted[this.server(peer).number] = true;
    for (const [peer, index] of Object.entries(told.nextIndex ?? {})) {
      server.nextIndex[this.server(peer).number] = index;
    }
    for (const [peer, index] of Object.entries(told.matchIndex ?? {})) {
      server.matchIndex[this.server(peer).number] = index;
    }
    server.disk = { currentTerm: server.currentTerm, votedFor: server.votedFor, tip: lastNode(server) };
  }
}
