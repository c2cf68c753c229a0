import { type Define, examples } from '../command.ts';
import type { Output } from '../output.ts';

export interface TlcInstallResult {
  readonly format: 'raftcheck-tlc-install';
  readonly version: 1;
  readonly path: string;
  readonly origin: 'flag' | 'environment' | 'cache';
  readonly release: string | null;
  readonly tlcVersion: string | null;
  readonly sha256: string;
}

const DESCRIPTION =
  'Does nothing if it is there already, and then needs no network. Otherwise it takes the official release, or, ' +
  'where that is out of reach, the same tools through mvn; in both cases the hash is verified. ' +
  'RAFTCHECK_TLC_JAR names a jar of your own, RAFTCHECK_CACHE another folder for the cache.';

const EXAMPLES = examples([
  { description: 'Have TLC there before it is needed', command: 'raftcheck tlc install' },
]);

export const defineTlcInstall: Define = (command, output) => {
  command
    .description(DESCRIPTION)
    .addHelpText('after', EXAMPLES)
    .action(async () => output.result(await install(output)));
};

async function install(output: Output): Promise<TlcInstallResult> {
  const { ensureTlcJar } = await import('../../tlc/tlc-install.ts');
  const jar = await ensureTlcJar({ onProgress: (message) => output.note(message) });
  output.log(`${jar.release?.title ?? 'a build that raftcheck does not know'}: ${jar.path}`);
  return {
    format: 'raftcheck-tlc-install',
    version: 1,
    path: jar.path,
    origin: jar.origin,
    release: jar.release?.title ?? null,
    tlcVersion: jar.release?.tlcVersion ?? null,
    sha256: jar.sha256,
  };
}
