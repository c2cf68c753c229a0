import { findJava } from './java.ts';
import { findTlcJar, type TlcJar } from './tlc-jar.ts';

/**
 * The TLC that tests run; the global setup of the test run has installed it if it could.
 *
 * @returns undefined if there is none: tests that need it are to be skipped visibly (`describe.skipIf`)
 */
export function tlcForTests(): TlcJar | undefined {
  return findJava() === undefined ? undefined : findTlcJar();
}
