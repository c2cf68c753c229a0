import type { CodeTable } from './code-table.ts';

/** RC52xx and RC62xx: the real cluster of `raftcheck cluster`. */
export const CLUSTER_CODES = {
  RC5201: {
    title: 'stable storage is damaged',
    explanation:
      "A server's storage holds bytes that no crash of a process leaves: a checksum that does not match, or a write " +
      'that is missing in the middle. The server does not start, for going on without what it once promised could ' +
      'elect two leaders or lose committed entries. The file is left as it was found.',
  },
  RC5202: {
    title: 'stable storage failed',
    explanation:
      'The operating system refused to read, write or sync. The server stopped before it promised anything that may ' +
      'not be on its disk. Look for a full or failing disk.',
  },
  RC5203: {
    title: 'a server process ended unasked',
    explanation:
      'A server of the cluster did not start, or ended without having been killed on purpose. The traces are kept up ' +
      'to that point; the message carries what the process said.',
  },
  RC5204: {
    title: 'a trace does not fit its storage',
    explanation:
      'A restarted server found in its own trace fewer writes than on its disk, more durable ones, or a line that is ' +
      'no event. The two files do not belong together, or one of them was changed.',
  },
  RC6201: {
    title: 'the output folder is in use',
    explanation:
      'raftcheck cluster writes a trace for each server into a folder, and a folder of traces is one run. It does not ' +
      'mix a new run with what is there: name a new or an empty folder.',
  },
} as const satisfies CodeTable;
