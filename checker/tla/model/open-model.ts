import type { ExploredModel } from '../explore/explored-model.ts';
import { type ModelSource, prepareModel } from './prepared-model.ts';

/** For the workers of a search: each prepares the model for itself. */
export async function openModel(job: unknown): Promise<ExploredModel> {
  if (!isModelSource(job)) throw new TypeError('a worker was given no model');
  const { explored } = await prepareModel(job);
  return explored;
}

function isModelSource(job: unknown): job is ModelSource {
  return typeof job === 'object' && job !== null && 'specFile' in job && 'configText' in job;
}
