import type { TraceEvent } from '../../traces/trace-format.ts';

/** A value inside an event: the keys that lead to it. */
export type Path = readonly (string | number)[];

/** One change of one field of one event. */
export interface FieldMutation {
  readonly path: Path;
  /** What was done, in a word or two. */
  readonly change: string;
  readonly event: unknown;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Which of a field's names is its value: those of other fields are never drawn for it. */
const ROLES = ['follower', 'candidate', 'leader'];

/** The name of the field for tables: places in arrays and names of servers are not told apart. */
export function nameOf(path: Path): string {
  return path.map((key) => (typeof key === 'number' || /^s\d+$/.test(key) ? '*' : key)).join('.');
}

/**
 * Every change of every field of an event: numbers raised, lowered, made 0 and far too large, booleans turned, names
 * exchanged, arrays shortened and lengthened, fields left out.
 */
export function fieldMutations(event: TraceEvent, servers: readonly string[]): readonly FieldMutation[] {
  const root: Json = JSON.parse(JSON.stringify(event));
  return [...placesIn(root, [])].flatMap(({ path, value }) =>
    changesOf(path, value, servers).map(({ change, to }) => ({
      path,
      change,
      event: replaced(root, path, to),
    })),
  );
}

function* placesIn(value: Json, path: Path): Iterable<{ readonly path: Path; readonly value: Json }> {
  if (path.length > 0) yield { path, value };
  if (Array.isArray(value)) {
    for (const [at, each] of value.entries()) yield* placesIn(each, [...path, at]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) yield* placesIn(each, [...path, key]);
  }
}

interface Change {
  readonly change: string;
  /** undefined: the field is left out. */
  readonly to: Json | undefined;
}

function changesOf(path: Path, value: Json, servers: readonly string[]): readonly Change[] {
  const changes: Change[] =
    path.length > 1 || path[0] !== 'action' ? [{ change: 'left out', to: undefined }] : [];
  if (typeof value === 'number') {
    const numbers = new Set([value + 1, value - 1, 0, value + 100]);
    for (const to of numbers) if (to >= 0 && to !== value) changes.push({ change: describe(value, to), to });
  } else if (typeof value === 'boolean') {
    changes.push({ change: 'turned', to: !value });
  } else if (value === null) {
    for (const to of servers) changes.push({ change: 'a server', to });
  } else if (typeof value === 'string') {
    changes.push(...namesFor(path, value, servers));
  } else if (Array.isArray(value)) {
    const last = value.at(-1);
    if (last !== undefined) {
      changes.push(
        { change: 'shortened', to: value.slice(0, -1) },
        { change: 'lengthened', to: [...value, last] },
      );
    }
    if (value.length > 1) changes.push({ change: 'reversed', to: [...value].reverse() });
  }
  return changes;
}

function describe(from: number, to: number): string {
  if (to === 0) return 'made 0';
  return to > from ? `raised by ${to - from}` : `lowered by ${from - to}`;
}

function namesFor(path: Path, value: string, servers: readonly string[]): readonly Change[] {
  if (ROLES.includes(value)) {
    return ROLES.filter((role) => role !== value).map((to) => ({ change: `made ${to}`, to }));
  }
  if (servers.includes(value)) {
    const others: readonly Change[] = servers
      .filter((server) => server !== value)
      .map((to) => ({ change: 'another server', to }));
    return path.at(-1) === 'votedFor' ? [...others, { change: 'made null', to: null }] : others;
  }
  const id = /^(s\d+):(\d+)\.0$/.exec(value);
  if (id !== null) {
    return [
      { change: 'a later message', to: `${id[1]}:${Number(id[2]) + 1}.0` },
      ...(id[2] === '1' ? [] : [{ change: 'an earlier message', to: `${id[1]}:${Number(id[2]) - 1}.0` }]),
    ];
  }
  return path.at(-1) === 'command' ? [{ change: 'another command', to: `${value}!` }] : [];
}

function replaced(value: Json, path: Path, to: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return to ?? null;
  if (Array.isArray(value)) {
    return value.flatMap((each: Json, at): Json[] => {
      if (at !== key) return [each];
      return rest.length === 0 && to === undefined ? [] : [replaced(each, rest, to)];
    });
  }
  if (typeof value !== 'object' || value === null) throw new Error('the path leads nowhere');
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]): [string, Json][] => {
      if (name !== key) return [[name, each]];
      return rest.length === 0 && to === undefined ? [] : [[name, replaced(each, rest, to)]];
    }),
  );
}
