import type { Definition, Expression, LocalDefinition } from './ast.ts';
import type { ModuleReader } from './module-reader.ts';
import type { Binder } from './operands.ts';
import type { SyntaxNode } from './parser.ts';
import { last, present, readExpression } from './read-expression.ts';
import { Scope } from './scope.ts';

/** `L(x):: e` inside a definition or inside another label. */
export interface Label {
  /** The names that are bound between the definition and the label, in the order of the label. */
  readonly parameters: readonly Binder[];
  /** What the LETs between the definition and the label define, the outermost first. */
  readonly surroundings: readonly (readonly LocalDefinition[])[];
  readonly body: Expression;
  readonly labels: Labels;
}

export type Labels = ReadonlyMap<string, Label>;

/** The scope of a definition's text, or of a label's: the labels in it are its own. */
export class LabelledScope extends Scope {
  readonly labels = new Map<string, Label>();
}

/** The scope of what stands behind a LET's IN. */
export class LetScope extends Scope {
  readonly definitions: LocalDefinition[] = [];
}

const labelsOfDefinitions = new WeakMap<Definition, Labels>();

export function keepLabels(definition: Definition, { labels }: LabelledScope): void {
  labelsOfDefinitions.set(definition, labels);
}

/** undefined for a definition that is not read through. */
export function labelsOf(definition: Definition): Labels | undefined {
  return labelsOfDefinitions.get(definition);
}

/**
 * Reads `L(x):: e` as e. A label has the names that are bound around it as its parameters, in any order, as SANY asks
 * (tla2sany.semantic.Generator, generateLabel).
 */
export function readLabel(reader: ModuleReader, scope: Scope, node: SyntaxNode): Expression {
  const [nameNode, ...parameterNodes] = node.children.slice(0, -1);
  const name = reader.text(present(nameNode));
  const inner = new LabelledScope(scope);
  const body = readExpression(reader, inner, last(node));
  const { owner, bound, surroundings } = placeOf(scope);
  if (owner === undefined) return body;
  if (owner.labels.has(name)) {
    reader.fail('RC1806', present(nameNode), `the label ${name} is given twice in one definition`);
  }
  const parameters = parameterNodes.map((parameter, index) => {
    const isRepeated =
      parameterNodes.findIndex((each) => reader.text(each) === reader.text(parameter)) < index;
    if (isRepeated) reader.fail('RC1806', parameter, `the label ${name} has ${reader.text(parameter)} twice`);
    const found = bound.find((each) => each.name === reader.text(parameter));
    return (
      found ?? reader.fail('RC1804', parameter, `${reader.text(parameter)} is not bound around the label`)
    );
  });
  const missing = bound.find((each) => !parameters.includes(each));
  if (missing !== undefined) {
    reader.fail(
      'RC1805',
      present(nameNode),
      `the label ${name} needs ${missing.name} as a parameter, which is bound around it`,
      `write ${name}(${bound.map((each) => each.name).join(', ')})::`,
    );
  }
  owner.labels.set(name, { parameters, surroundings, body, labels: inner.labels });
  return body;
}

interface Place {
  /** undefined outside of definitions. */
  readonly owner: LabelledScope | undefined;
  readonly bound: readonly Binder[];
  readonly surroundings: readonly (readonly LocalDefinition[])[];
}

function placeOf(innermost: Scope): Place {
  const bound: Binder[] = [];
  const surroundings: (readonly LocalDefinition[])[] = [];
  for (let scope: Scope | undefined = innermost; scope !== undefined; scope = scope.outer) {
    if (scope instanceof LabelledScope) return { owner: scope, bound, surroundings };
    if (scope instanceof LetScope) surroundings.unshift(scope.definitions);
    else bound.unshift(...boundIn(scope));
  }
  return { owner: undefined, bound, surroundings };
}

function boundIn({ entries }: Scope): Binder[] {
  return [...entries.values()].flatMap(({ meaning }) => {
    if (meaning.kind !== 'reference') return [];
    const { target } = meaning.reference;
    return target.kind === 'bound' || target.kind === 'parameter' ? [target] : [];
  });
}
