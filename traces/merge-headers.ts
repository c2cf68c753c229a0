import { checkInitialStatesOfFiles } from './initial-states.ts';
import { TraceError } from './trace-error.ts';
import type { TraceFile } from './trace-file.ts';
import type { Header, InitialState, Server } from './trace-format.ts';

/**
 * The header of a whole run: that of its files, without `server`, `initial` of all of them together.
 *
 * @throws TraceError RC1028, RC1040, RC1041, RC1042
 */
export function mergeHeaders(files: readonly TraceFile[]): Header {
  const [first, ...others] = files;
  if (first === undefined) throw new Error('a run has at least one file');
  if (others.length === 0 && first.header.server === undefined) return first.header;
  const owners = new Map<Server, string>();
  const initial = new Map<Server, InitialState>();
  for (const file of files) {
    checkAgreement(first, file);
    const { server } = file.header;
    if (server !== undefined) {
      const other = owners.get(server);
      if (other !== undefined) {
        throw new TraceError('RC1041', `this file and ${other} both record ${server}`, {
          file: file.name,
          line: 1,
        });
      }
      owners.set(server, file.name);
    }
    for (const [name, state] of Object.entries(file.header.initial ?? {})) {
      const known = initial.get(name);
      if (known !== undefined && canonical(known) !== canonical(state)) {
        throw new TraceError('RC1042', `the initial state of ${name} differs from that in another file`, {
          file: file.name,
          line: 1,
        });
      }
      initial.set(name, state);
    }
    checkInitialStatesOfFiles(Object.fromEntries(initial), { file: file.name, line: 1 });
  }
  const { server: _, initial: __, ...shared } = first.header;
  return initial.size === 0 ? shared : { ...shared, initial: Object.fromEntries(initial) };
}

function checkAgreement(first: TraceFile, other: TraceFile): void {
  const place = { file: other.name, line: 1 };
  if (first.header.run !== other.header.run) {
    throw new TraceError(
      'RC1040',
      `this is run ${other.header.run}, ${first.name} is run ${first.header.run}`,
      place,
    );
  }
  const fields = ['servers', 'configuration', 'features', 'observed', 'unrecorded'] as const;
  for (const field of fields) {
    if (canonical(first.header[field]) === canonical(other.header[field])) continue;
    throw new TraceError('RC1042', `the header's ${field} differs from that of ${first.name}`, place);
  }
  if ((first.header.initial === undefined) === (other.header.initial === undefined)) return;
  throw new TraceError(
    'RC1042',
    `${first.name} and this file disagree on whether the recording has an initial state`,
    place,
  );
}

/** JSON with sorted keys; the lists of a header are sets, so they are sorted too. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const fields = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`);
  return `{${fields.sort().join()}}`;
}
