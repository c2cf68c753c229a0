import { BaseCommand } from '../base-command.ts';

export interface TlcInstallResult {
  readonly format: 'raftcheck-tlc-install';
  readonly version: 1;
  readonly path: string;
  readonly origin: 'flag' | 'environment' | 'cache';
  readonly release: string | null;
  readonly tlcVersion: string | null;
  readonly sha256: string;
}

export default class TlcInstall extends BaseCommand {
  static override summary = 'Install the TLC model checker into the cache.';
  static override description =
    'Does nothing if it is there already, and then needs no network. Otherwise it takes the official release, or, ' +
    'where that is out of reach, the same tools through mvn; in both cases the hash is verified. ' +
    'RAFTCHECK_TLC_JAR names a jar of your own, RAFTCHECK_CACHE another folder for the cache.';
  static override examples = ['<%= config.bin %> tlc install'];

  override async run(): Promise<TlcInstallResult> {
    await this.parse(TlcInstall);
    const { ensureTlcJar } = await import('../../tlc/tlc-install.ts');
    const jar = await ensureTlcJar({ onProgress: (message) => this.logToStderr(message) });
    this.log(`${jar.release?.title ?? 'a build that raftcheck does not know'}: ${jar.path}`);
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
}

export const COMMANDS = { 'tlc:install': TlcInstall };
