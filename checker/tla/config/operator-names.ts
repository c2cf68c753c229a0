import { OPERATORS } from '../syntax/operators.ts';

/**
 * Operators that have several spellings, by the one under which TLC looks for them in a configuration: SANY's own
 * (tla2sany.configuration.Configuration). The rest of the checker knows them by the other.
 */
const SANY_SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['\\leq', '<='],
  ['\\geq', '>='],
  ['\\oplus', '(+)'],
  ['\\ominus', '(-)'],
  ['\\odot', '(.)'],
  ['\\oslash', '(/)'],
  ['\\otimes', '(\\X)'],
]);

/** These have another meaning in a configuration, or are the beginning of something else. */
const NOT_NAMES: ReadonlySet<string> = new Set(['=', '[]', '\\', "'"]);

/** How operators are written in a configuration, the longest first. */
export const OPERATOR_SPELLINGS: readonly string[] = [
  ...SANY_SPELLINGS.keys(),
  ...[...OPERATORS.values()].map(({ symbol }) => symbol),
]
  .filter((symbol) => !/^\w+$/.test(symbol) && !NOT_NAMES.has(symbol))
  .sort((a, b) => b.length - a.length);

/** The name of an operator that a configuration writes so; undefined if TLC looks for it under another spelling. */
export function operatorName(spelling: string): string | undefined {
  return sanySpelling(spelling) === spelling ? (SANY_SPELLINGS.get(spelling) ?? spelling) : undefined;
}

/** The spelling under which TLC looks for an operator. */
export function sanySpelling(spelling: string): string {
  return [...SANY_SPELLINGS].find(([, other]) => other === spelling)?.[0] ?? spelling;
}
