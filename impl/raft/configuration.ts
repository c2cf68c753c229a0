import type { Server } from '../../traces/trace-format.ts';

/** Who counts (section 6). Here a configuration never changes; later it will be a value in the log. */
export interface Configuration {
  readonly voters: readonly Server[];
}

/** Whether these servers are a majority of the configuration's voters; others do not count. */
export function isQuorum(servers: ReadonlySet<Server>, configuration: Configuration): boolean {
  let count = 0;
  for (const voter of configuration.voters) if (servers.has(voter)) count += 1;
  return 2 * count > configuration.voters.length;
}
