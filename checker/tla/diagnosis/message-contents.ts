import type { Difference } from '../../verdict.ts';
import type { Definition, Expression, Module } from '../syntax/ast.ts';

/** A field of a message, in the definition of the spec that says what it is. */
export interface ContentField {
  readonly name: string;
  readonly value: Expression;
  readonly definition: Definition;
  /** What the spec has there, in the notation of the trace. */
  readonly expected: unknown;
}

/**
 * The first differing field of a sent message: in the definition of the record with the type of the message that the
 * spec expects.
 */
export function contentField(
  { variable, fields, expected }: Difference,
  module: Module,
): ContentField | undefined {
  const [index, name] = fields[0]?.split('.') ?? [];
  if (variable !== 'sends' || name === undefined || !Array.isArray(expected)) return undefined;
  const message = Object(expected[Number(index)]);
  const type: unknown = Reflect.get(message, 'type');
  for (const { target } of module.definitions.values()) {
    if (target.kind !== 'definition' || typeof type !== 'string') continue;
    const value = fieldOfMessage(target, type, name);
    if (value !== undefined) return { name, value, definition: target, expected: Reflect.get(message, name) };
  }
  return undefined;
}

function fieldOfMessage({ body }: Definition, type: string, field: string) {
  if (body.kind !== 'record') return undefined;
  const isOfType = body.fields.some(
    ({ name, value }) => name === 'type' && value.kind === 'string' && value.value === type,
  );
  return isOfType ? body.fields.find(({ name }) => name === field)?.value : undefined;
}
