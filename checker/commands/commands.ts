import type { Define } from './command.ts';

/** A command by what is typed for it. Its own file is loaded when it is called, and not for the list of commands. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Define>;
}

/** Commands under one word. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly CommandEntry[];
}

/** Every command, in the order in which the help lists them. */
export const COMMANDS: readonly (CommandEntry | CommandGroup)[] = [
  {
    name: 'check',
    summary: 'Hold recorded runs against the spec of Raft.',
    load: async () => (await import('./check.ts')).defineCheck,
  },
  {
    name: 'explain',
    summary: 'Tell everything about one event of a recorded run.',
    load: async () => (await import('./explain.ts')).defineExplain,
  },
  {
    name: 'simulate',
    summary: 'Run a simulated cluster and record its trace.',
    load: async () => (await import('./simulate.ts')).defineSimulate,
  },
  {
    name: 'cluster',
    summary: 'Run a real Raft cluster of processes, harm it, and record a trace of each server.',
    load: async () => (await import('./cluster.ts')).defineCluster,
  },
  {
    name: 'model',
    summary: 'Check a model of the spec, or a spec of your own: look at every state.',
    load: async () => (await import('./model.ts')).defineModel,
  },
  {
    name: 'demo',
    summary: 'See it work: a cluster, a crash, a verdict; then a bug, and what it is called.',
    load: async () => (await import('./demo.ts')).defineDemo,
  },
  {
    name: 'doctor',
    summary: 'Show what raftcheck needs on this machine, and what is missing.',
    load: async () => (await import('./doctor.ts')).defineDoctor,
  },
  {
    name: 'tlc',
    summary: 'The TLC model checker that raftcheck runs.',
    commands: [
      {
        name: 'install',
        summary: 'Install the TLC model checker into the cache.',
        load: async () => (await import('./tlc/install.ts')).defineTlcInstall,
      },
    ],
  },
];

/** The command line that shows the help of what a command line calls, as far as there are such commands. */
export function helpCommandFor(args: readonly string[]): string {
  const words: string[] = [];
  let entries: readonly (CommandEntry | CommandGroup)[] = COMMANDS;
  for (const word of args) {
    const entry = entries.find(({ name }) => name === word);
    if (entry === undefined) break;
    words.push(word);
    entries = 'commands' in entry ? entry.commands : [];
  }
  return ['raftcheck', ...words, '--help'].join(' ');
}
