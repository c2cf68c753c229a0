import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Server, Term } from '../../traces/trace-format.ts';
import type { CrashPoint } from './crash-point.ts';
import { LinkProxy } from './link-proxy.ts';
import type { ServerOptions, Timing } from './process-messages.ts';
import { ServerHandle } from './server-handle.ts';

/** What a cluster is made of. */
export interface ClusterOptions {
  readonly servers: readonly Server[];
  /** An empty folder: gets a trace for each server, and their stable storage in `storage/`. */
  readonly folder: string;
  readonly run: string;
  readonly seed: number;
  readonly timing: Timing;
  /** Of this package. */
  readonly version: string;
}

/** How long a server gets to finish its trace before it is killed. */
const STOP_PATIENCE_MS = 3000;

/**
 * The supervisor: server processes, the network between them, and the means to harm both. Each direction between two
 * servers is a proxy of its own, at a port that stays the same while servers come and go.
 */
export class Cluster {
  readonly #options: ClusterOptions;
  readonly #onFailure: (error: Error) => void;
  readonly #links = new Map<Server, Map<Server, LinkProxy>>();
  readonly #handles = new Map<Server, ServerHandle>();
  readonly #clientPorts = new Map<Server, number>();
  readonly #leadersByTerm = new Map<Term, Server>();
  #starts = 0;
  #kills = 0;

  private constructor(options: ClusterOptions, onFailure: (error: Error) => void) {
    this.#options = options;
    this.#onFailure = onFailure;
  }

  /**
   * @param onFailure called when a server ends that nobody has harmed
   * @throws ClusterError if a server cannot start; nothing is left running then
   */
  static async start(options: ClusterOptions, onFailure: (error: Error) => void): Promise<Cluster> {
    const cluster = new Cluster(options, onFailure);
    mkdirSync(join(options.folder, 'storage'), { recursive: true });
    try {
      for (const from of options.servers) {
        const peers = options.servers.filter((peer) => peer !== from);
        const proxies = await Promise.all(peers.map(async (to) => [to, await LinkProxy.listen()] as const));
        cluster.#links.set(from, new Map(proxies));
      }
      await Promise.all(options.servers.map((server) => cluster.restart(server)));
    } catch (error) {
      cluster.killAll();
      throw error;
    }
    return cluster;
  }

  get servers(): readonly Server[] {
    return this.#options.servers;
  }

  /** Where the servers that are up answer clients. */
  get clientPorts(): ReadonlyMap<Server, number> {
    return this.#clientPorts;
  }

  /** Which server led in which term, as far as the servers told. */
  get leadersByTerm(): ReadonlyMap<Term, Server> {
    return this.#leadersByTerm;
  }

  get kills(): number {
    return this.#kills;
  }

  get restarts(): number {
    return this.#starts - this.servers.length;
  }

  /** The running leader of the highest term. */
  get leader(): Server | undefined {
    const leaders = [...this.#handles.values()].filter(
      (handle) => handle.isRunning && handle.role === 'leader',
    );
    return leaders.sort((a, b) => b.term - a.term)[0]?.server;
  }

  /** The processes that run, in the order of the servers, whichever of them was the first to listen. */
  get pids(): readonly number[] {
    return this.#options.servers.flatMap((server) => {
      const handle = this.#handles.get(server);
      return handle?.isRunning === true && handle.pid !== undefined ? [handle.pid] : [];
    });
  }

  tracePath(server: Server): string {
    return join(this.#options.folder, `${server}.ndjson`);
  }

  /** Starts a server that is not running, on whatever its storage holds. */
  async restart(server: Server): Promise<void> {
    this.#starts += 1;
    const [handle, ports] = await ServerHandle.start(this.#serverOptions(server), ({ role, term }) => {
      if (role === 'leader') this.#leadersByTerm.set(term, server);
    });
    this.#handles.set(server, handle);
    this.#clientPorts.set(server, ports.clientPort);
    this.#setTarget(server, ports.peerPort);
    handle.ended.then(() => {
      this.#clientPorts.delete(server);
      this.#setTarget(server, undefined);
      if (handle.failure !== undefined) this.#onFailure(handle.failure);
    });
  }

  /**
   * Kills a server with SIGKILL, at once or when it next comes to `point`, and waits until it is gone. A server that
   * does not come there in time is killed where it is.
   */
  async kill(server: Server, point: CrashPoint | undefined, patienceMs: number): Promise<void> {
    const handle = this.#handles.get(server);
    if (handle === undefined) return;
    this.#kills += 1;
    if (point !== undefined) {
      handle.crashAt(point);
      await Promise.race([handle.ended, sleep(patienceMs, undefined, { ref: false })]);
    }
    handle.kill();
    await handle.ended;
  }

  /** Freezes a server for a while (SIGSTOP), and resolves when it goes on. */
  async pause(server: Server, durationMs: number): Promise<void> {
    await this.#handles.get(server)?.pause(durationMs);
  }

  /** Cuts a server off from its peers, in one direction or both. */
  isolate(server: Server, directions: { readonly incoming: boolean; readonly outgoing: boolean }): void {
    for (const { from, to, link } of this.#linksOf(server)) {
      if ((from === server && directions.outgoing) || (to === server && directions.incoming)) link.cut();
    }
  }

  /** Slows down all links of a server. */
  delay(server: Server, delayMs: number): void {
    for (const { link } of this.#linksOf(server)) link.setDelay(delayMs);
  }

  /** Undoes every cut and every delay. */
  heal(): void {
    for (const { link } of this.#allLinks()) {
      link.heal();
      link.setDelay(0);
    }
  }

  /** Lets every server finish its trace, and ends them all. */
  async stop(): Promise<void> {
    const handles = [...this.#handles.values()];
    for (const handle of handles) handle.stop();
    await Promise.race([
      Promise.all(handles.map(({ ended }) => ended)),
      sleep(STOP_PATIENCE_MS, undefined, { ref: false }),
    ]);
    this.killAll();
    await Promise.all(handles.map(({ ended }) => ended));
  }

  /** Ends everything at once; does not wait, so that it can be called while this process exits. */
  killAll(): void {
    for (const handle of this.#handles.values()) handle.kill();
    for (const { link } of this.#allLinks()) link.close();
  }

  #serverOptions(server: Server): ServerOptions {
    const { servers, run, timing, version, seed, folder } = this.#options;
    const links = this.#links.get(server) ?? new Map<Server, LinkProxy>();
    return {
      server,
      servers,
      run,
      timing,
      version,
      tracePath: this.tracePath(server),
      storagePath: join(folder, 'storage', `${server}.log`),
      peerPorts: Object.fromEntries([...links].map(([peer, link]) => [peer, link.port])),
      // Servers that draw the same election timeouts would split their votes for ever.
      seed: seed + this.#starts * 7919,
    };
  }

  #setTarget(server: Server, port: number | undefined): void {
    for (const { to, link } of this.#linksOf(server)) {
      if (to === server) link.setTarget(port);
    }
  }

  #linksOf(server: Server): { from: Server; to: Server; link: LinkProxy }[] {
    return this.#allLinks().filter(({ from, to }) => from === server || to === server);
  }

  #allLinks(): { from: Server; to: Server; link: LinkProxy }[] {
    return [...this.#links].flatMap(([from, links]) => [...links].map(([to, link]) => ({ from, to, link })));
  }
}
