import CheckCommand from './check.ts';
import ClusterCommand from './cluster.ts';
import DemoCommand from './demo.ts';
import Doctor from './doctor.ts';
import ExplainCommand from './explain.ts';
import ModelCommand from './model.ts';
import SimulateCommand from './simulate.ts';
import TlcInstall from './tlc/install.ts';

/**
 * Every command by what is typed after `raftcheck` (a colon stands for the space in `tlc install`).
 *
 * All of these files are loaded at every start: a command's file holds its flags and examples, and imports what
 * it works with inside `run`.
 */
export const COMMANDS = {
  check: CheckCommand,
  cluster: ClusterCommand,
  demo: DemoCommand,
  doctor: Doctor,
  explain: ExplainCommand,
  model: ModelCommand,
  simulate: SimulateCommand,
  'tlc:install': TlcInstall,
};
