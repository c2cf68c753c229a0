import type { Module } from './ast.ts';
import { JavaHashtable } from './java-hashtable.ts';
import { scopeOf } from './module-scope.ts';
import type { Entry } from './scope.ts';

/** So many names of the language every module's table begins with, and so many places it then has. */
const NAMES_OF_LANGUAGE = 72;
const PLACES = 191;

/**
 * The variables of a root module in the order in which TLC's states hold them, as places in `module.variables`. That
 * is not the order of their declaration, but of the hashes of their names in SANY's table of all the names that the
 * module knows (tla2sany.semantic.ModuleNode.getVariableDecls and Context): more names make a larger table, and
 * another order.
 */
export function variableOrder(module: Module): readonly number[] {
  const table = new JavaHashtable(PLACES, NAMES_OF_LANGUAGE);
  for (const [name, entry] of scopeOf(module).entries)
    for (const each of namesOf(name, entry)) table.add(each);
  const places = new Map(module.variables.map(({ name }, place) => [name, place]));
  return table.backwards().flatMap((name) => places.get(name) ?? []);
}

/** What one name of a module brings into its table: an instance brings all that it defines. */
function namesOf(name: string, { meaning }: Entry): string[] {
  if (meaning.kind !== 'instance') return [name];
  // One that came through an unnamed INSTANCE has no entry of its own.
  const own = meaning.via.length > 0 ? [] : [name];
  return [...own, ...definedBy(meaning.instance.module).map((each) => `${name}!${each}`)];
}

function definedBy(module: Module): string[] {
  return [...scopeOf(module).entries].flatMap(([name, entry]) =>
    entry.isLocal || isDeclaration(entry) ? [] : namesOf(name, entry),
  );
}

function isDeclaration({ meaning }: Entry): boolean {
  if (meaning.kind !== 'reference') return false;
  const { kind } = meaning.reference.target;
  return kind === 'constant' || kind === 'variable';
}
