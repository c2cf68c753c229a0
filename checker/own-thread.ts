import { getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { packageRoot } from './package-root.ts';

/**
 * Starts a thread that runs one of our modules, and finds the others as quickly as the command does.
 *
 * @param module the module's URL
 */
export function startThread(module: string, options: WorkerOptions): Worker {
  const caching = getCompileCacheDir() === undefined ? 'uncached' : 'cached';
  return new Worker(join(packageRoot(), 'bin', 'thread.js'), { ...options, argv: [module, caching] });
}
