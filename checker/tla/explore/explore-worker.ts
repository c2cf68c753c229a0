import { parentPort, workerData } from 'node:worker_threads';
import type { ModelModule } from './model-module.ts';
import { ShardWorker } from './shard-worker.ts';
import type { Command, WorkerStart } from './worker-messages.ts';

// The entry of a thread: opens its own model, then does what it is told.

const start: WorkerStart = workerData;
const module: ModelModule = await import(start.location.module);
const model = await module.openModel(start.location.job);
const worker = new ShardWorker(model, start, (answer) => parentPort?.postMessage(answer));
parentPort?.on('message', (command: Command) => worker.obey(command));
