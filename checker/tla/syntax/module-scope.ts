import type { Module } from './ast.ts';
import type { Scope } from './scope.ts';

const scopes = new WeakMap<Module, Scope>();

/** Keeps every name that is known at a module's end; the tree itself only tells those that a cfg may use. */
export function keepScope(module: Module, scope: Scope): void {
  scopes.set(module, scope);
}

export function scopeOf(module: Module): Scope {
  const scope = scopes.get(module);
  if (scope === undefined) throw new Error(`the module ${module.name} was not loaded by this front end`);
  return scope;
}
