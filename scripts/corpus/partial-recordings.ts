import type { Line } from './corruptions.ts';

/** The lines that are left when a server recorded nothing, nor the network what became of its messages. */
export function withoutServer(lines: readonly Line[], server: string): Line[] {
  const [header, ...rest] = lines;
  const kept = rest.filter((line) => {
    const id = field(field(line, 'args'), 'id');
    return line['server'] !== server && !(typeof id === 'string' && id.startsWith(`${server}:`));
  });
  return ended([{ ...header, unrecorded: [server] }, ...kept]);
}

/**
 * The lines from a place on where nothing is pending on any disk, with the states there as `initial`.
 *
 * @param after how many events are left out at least
 */
export function fromMidLife(lines: readonly Line[], after: number): Line[] {
  const [header, ...rest] = lines;
  const servers = field(header, 'servers');
  if (!Array.isArray(servers)) throw new Error('the trace has no header');
  const states = new Map<unknown, Line>(servers.map((server) => [server, bornState(server, servers)]));
  const pending = new Map<unknown, number>();
  for (const [position, line] of rest.entries()) {
    const isQuiet = [...pending.values()].every((writes) => writes === 0);
    if (position >= after && isQuiet)
      return ended([{ ...header, initial: Object.fromEntries(states) }, ...rest.slice(position)]);
    const state = states.get(line['server']);
    if (state === undefined) continue;
    states.set(line['server'], {
      ...state,
      ...Object(line['state']),
      log: changedLog(state['log'], line['log']),
    });
    pending.set(line['server'], pendingAfter(pending.get(line['server']) ?? 0, line));
  }
  throw new Error('the disks of this trace never rest');
}

function bornState(server: unknown, servers: readonly unknown[]): Line {
  const peers = servers.filter((peer) => peer !== server).map(String);
  const forPeers = (index: number) => Object.fromEntries(peers.map((peer) => [peer, index]));
  return {
    currentTerm: 0,
    votedFor: null,
    role: 'follower',
    commitIndex: 0,
    votesGranted: [],
    nextIndex: forPeers(1),
    matchIndex: forPeers(0),
    log: [],
  };
}

function changedLog(log: unknown, change: unknown): unknown {
  const append = field(change, 'append');
  if (!Array.isArray(log) || !Array.isArray(append)) return log;
  return [...log.slice(0, Number(field(change, 'keep'))), ...append];
}

function pendingAfter(pending: number, line: Line): number {
  if (line['action'] === 'Persist') return pending - Number(field(line['args'], 'writes'));
  if (line['action'] === 'Restart') return 0;
  const isWrite = [line['log'], field(line['state'], 'currentTerm'), field(line['state'], 'votedFor')];
  return isWrite.some((part) => part !== undefined) ? pending + 1 : pending;
}

function ended(lines: readonly Line[]): Line[] {
  const events = lines.filter((line) => line['action'] !== undefined).length;
  return [...lines.filter((line) => line['end'] !== true), { end: true, events }];
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
