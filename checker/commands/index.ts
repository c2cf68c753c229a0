import { COMMANDS as check } from './check.ts';
import { COMMANDS as cluster } from './cluster.ts';
import { COMMANDS as demo } from './demo.ts';
import { COMMANDS as doctor } from './doctor.ts';
import { COMMANDS as explain } from './explain.ts';
import { COMMANDS as model } from './model.ts';
import { COMMANDS as simulate } from './simulate.ts';
import { COMMANDS as tlcInstall } from './tlc/install.ts';

/**
 * Every command by what is typed after `raftcheck` (a colon stands for the space in `tlc install`).
 *
 * All of these files are loaded for the help and for what is no command: a command's file holds its flags and
 * examples, and imports what it works with inside `run`.
 */
export const COMMANDS = {
  ...check,
  ...cluster,
  ...demo,
  ...doctor,
  ...explain,
  ...model,
  ...simulate,
  ...tlcInstall,
};
