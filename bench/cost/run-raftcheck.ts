import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../checker/package-root.ts';

const MOST_OUTPUT = 64 * 2 ** 20;

/** How a run of the command line ended. */
export interface CommandEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `raftcheck` in a process of its own, as users do. */
export function runRaftcheck(args: readonly string[]): Promise<CommandEnd> {
  const command = join(packageRoot(), 'bin', 'raftcheck.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { maxBuffer: MOST_OUTPUT }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ exitCode, stdout, stderr });
    });
  });
}
