import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The oldest Java that runs the official release. */
export const NEEDED_JAVA = 11;

/** What the machine's Java is. */
export interface JavaInstallation {
  /** What is run: a path from JAVA_HOME, or `java`. */
  readonly command: string;
  readonly major: number;
  /** Its first line about itself. */
  readonly version: string;
}

/** The command that starts Java: that of JAVA_HOME if it is set, else the one on the path. */
export function javaCommand(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.JAVA_HOME ? join(environment.JAVA_HOME, 'bin', 'java') : 'java';
}

/** Asks Java for its version; undefined if there is none or it does not run. */
export function findJava(environment: NodeJS.ProcessEnv = process.env): JavaInstallation | undefined {
  const command = javaCommand(environment);
  const { status, stderr } = spawnSync(command, ['-version'], { encoding: 'utf8', env: environment });
  if (status !== 0) return undefined;
  const version = stderr.split('\n').find((line) => line.includes('version')) ?? '';
  // Up to Java 8 it called itself 1.8.
  const major = Number(/version "(?:1\.)?(\d+)/.exec(version)?.[1] ?? Number.NaN);
  return { command, major, version: version.trim() };
}
