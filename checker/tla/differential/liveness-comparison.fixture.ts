import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlcJar } from '../../tlc/tlc-jar.ts';
import { runTlc, type TlcResult } from '../../tlc/tlc-process.ts';
import { runNativeModel } from '../model/run-native-model.ts';
import type { RandomProperties } from './random-properties.fixture.ts';
import { writeRouteModules } from './routes.fixture.ts';

export interface LivenessComparison {
  readonly holding: number;
  readonly violated: number;
  /** What one of the engines says of a property that the other one does not. */
  readonly differences: readonly string[];
}

/**
 * Has both engines check every property of every specification. Those that hold natively are given to TLC together;
 * of those that do not it is asked one by one, and only about so many of each specification.
 */
export async function compareLiveness(
  jar: Pick<TlcJar, 'path'>,
  { module, specifications, properties }: RandomProperties,
  mostViolated: number,
): Promise<LivenessComparison> {
  const folder = await mkdtemp(join(tmpdir(), 'raftcheck-differential-'));
  const [specFile, configFile] = [join(folder, 'Live.tla'), join(folder, 'Live.cfg')];
  const configure = (specification: string, checked: readonly string[]) =>
    writeFile(
      configFile,
      `SPECIFICATION ${specification}\nPROPERTIES ${checked.join(' ')}\nCHECK_DEADLOCK FALSE\n`,
    );
  const askTlc = async (specification: string, checked: readonly string[]): Promise<TlcResult> => {
    await configure(specification, checked);
    return runTlc({ jar, specFile, configFile, short: true });
  };
  const counts = { holding: 0, violated: 0 };
  const differences: string[] = [];
  try {
    await writeRouteModules(folder);
    await writeFile(specFile, module);
    for (const specification of specifications) {
      const [holding, violated]: [string[], string[]] = [[], []];
      for (const property of properties) {
        await configure(specification, [property]);
        const { verdict } = await runNativeModel({ specFile, configFile });
        if (verdict.verdict === 'inconclusive')
          differences.push(`${specification} ${property}: ${verdict.message}`);
        else (verdict.verdict === 'holds' ? holding : violated).push(property);
      }
      counts.holding += holding.length;
      counts.violated += violated.length;
      const told = (end: string, of: string) => differences.push(`${specification} ${of}: TLC says ${end}`);
      if (holding.length > 0) {
        const { end } = await askTlc(specification, holding);
        if (end !== 'noError') told(end, `holding ${holding.join(' ')}`);
      }
      for (const property of violated.slice(0, mostViolated)) {
        const { end } = await askTlc(specification, [property]);
        if (end !== 'violated') told(end, `violated ${property}`);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { ...counts, differences };
}
