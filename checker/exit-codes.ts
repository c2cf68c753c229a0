/**
 * What the process's exit code says. Scripts and CI read it, so a number never changes its meaning.
 */
export const EXIT_CODES = {
  /** Every trace was accepted, every property held, or the command did what it was asked. */
  ok: 0,
  /** A trace was rejected or a property was violated. */
  rejected: 1,
  /** The command line makes no sense, or names a file that is not there. */
  usage: 2,
  /** The input is malformed: there is nothing to judge. */
  malformed: 3,
  /** A budget ran out or a construct is not supported: neither accepted nor rejected. */
  inconclusive: 4,
  /** A tool that was needed is missing or failed, or raftcheck contradicts itself. */
  toolFailed: 5,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** One line for each exit code, for the documentation and the help. */
export const EXIT_CODE_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'accepted, holds, or done',
  1: 'rejected or violated',
  2: 'usage: the command line makes no sense, or names what is not there',
  3: 'malformed input: nothing could be judged',
  4: 'inconclusive: a budget ran out, or a construct is not supported',
  5: 'a tool failed: missing, crashed, or the engines contradict each other',
};
