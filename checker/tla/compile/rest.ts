import type { Unit } from './unit.ts';

/** Statements for what comes after: they run once for each way in which what comes before can be true. */
export type Rest = () => string;

/** Code after a branching is written once, as a function, and called from each branch. */
export function sharing(unit: Unit, rest: Rest, emit: (after: Rest) => string): string {
  const code = rest();
  if (/^\w+\(\);$/.test(code)) return emit(() => code);
  const proceed = unit.fresh('proceed');
  return `const ${proceed} = () => { ${code} };\n${emit(() => `${proceed}();`)}`;
}
