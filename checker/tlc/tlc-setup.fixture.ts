import { findJava } from './java.ts';
import { ensureTlcJar } from './tlc-install.ts';

/**
 * Installs TLC once before the tests, which run side by side and would each fetch it. Without TLC the tests that
 * need it are skipped, and the closing line says how many; RAFTCHECK_REQUIRE_TLC, which CI sets, makes that an error.
 */
export async function setup(): Promise<void> {
  try {
    if (findJava() === undefined) throw new Error('there is no Java');
    await ensureTlcJar({ onProgress: (message) => process.stderr.write(`${message}\n`) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env.RAFTCHECK_REQUIRE_TLC) throw error;
    process.stderr.write(`tests that need TLC are skipped: ${reason}\n`);
  }
}
