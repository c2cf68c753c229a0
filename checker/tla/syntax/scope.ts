import type { Definition, Instance, InstanceStep, Reference, Target } from './ast.ts';
import type { Span } from './span.ts';

/** What a name stands for. */
export type Meaning =
  | { readonly kind: 'reference'; readonly reference: Reference }
  | { readonly kind: 'instance'; readonly instance: Instance; readonly via: readonly InstanceStep[] }
  /** Of a theorem whose statement is an ASSUME/PROVE: proofs refer to it, expressions cannot. */
  | { readonly kind: 'assume-prove' }
  /** The old value, inside an EXCEPT. */
  | { readonly kind: 'at' };

export interface Entry {
  readonly meaning: Meaning;
  /** Not for modules that extend or instantiate this one. */
  readonly isLocal: boolean;
  readonly span: Span;
}

/** The names that are known at a place: those declared in one scope, and those of the scopes around it. */
export class Scope {
  readonly entries = new Map<string, Entry>();
  readonly outer: Scope | undefined;

  constructor(outer?: Scope) {
    this.outer = outer;
  }

  find(name: string): Entry | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.outer) {
      const entry = scope.entries.get(name);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  /** Every name that is known here, the innermost first. */
  names(): string[] {
    return [...this.entries.keys(), ...(this.outer?.names() ?? [])];
  }
}

/** Whether two entries mean the same, so that a name may come along twice. */
export function meanTheSame(a: Meaning, b: Meaning): boolean {
  if (a === b) return true;
  if (a.kind === 'reference' && b.kind === 'reference') {
    return (
      a.reference.target === b.reference.target || areWrittenAlike(a.reference.target, b.reference.target)
    );
  }
  if (a.kind === 'instance' && b.kind === 'instance') return a.instance === b.instance;
  return false;
}

/** Whether both are constants that take as many arguments, or both variables. */
export function areDeclaredAlike(a: Meaning | undefined, b: Meaning): boolean {
  if (a?.kind !== 'reference' || b.kind !== 'reference') return false;
  const { kind } = a.reference.target;
  if (kind !== 'constant' && kind !== 'variable') return false;
  return kind === b.reference.target.kind && arityOf(a.reference) === arityOf(b.reference);
}

const wording = new WeakMap<Target, string>();

/** Keeps a definition's text without its layout, to know it again in another module. */
export function keepWording(definition: Definition, text: string): void {
  wording.set(definition, text.replace(/\s+/g, ' '));
}

/** SANY lets two modules define a name if they do it in the same words. */
function areWrittenAlike(a: Target, b: Target): boolean {
  const text = wording.get(a);
  return text !== undefined && text === wording.get(b) && a !== b && moduleOf(a) !== moduleOf(b);
}

function moduleOf(target: Target): string | undefined {
  return target.kind === 'definition' ? target.module : undefined;
}

/** How many arguments a use of the name needs. */
export function arityOf(reference: Reference): number {
  const { target } = reference;
  switch (target.kind) {
    case 'definition':
      return target.parameters.length;
    case 'constant':
    case 'parameter':
    case 'builtin':
      return target.arity;
    default:
      return 0;
  }
}
