/** The texts of TLA+ values: what the generated modules are made of. */

/** A string, quoted as TLA+ wants it. */
export function tlaString(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** `<<a, b>>`, from the texts of its elements. */
export function tlaSequence(elements: readonly string[]): string {
  return `<<${elements.join(', ')}>>`;
}

/** `{a, b}`, from the texts of its elements. */
export function tlaSet(elements: readonly string[]): string {
  return `{${elements.join(', ')}}`;
}

/** `[a |-> 1, b |-> 2]`, from names that are TLA+ identifiers and the texts of their values. */
export function tlaRecord(fields: readonly (readonly [name: string, value: string])[]): string {
  return `[${fields.map(([name, value]) => `${name} |-> ${value}`).join(', ')}]`;
}

/** `("s1" :> 1 @@ "s2" :> 2)`: a function of strings that need not be identifiers. */
export function tlaFunction(pairs: readonly (readonly [argument: string, value: string])[]): string {
  if (pairs.length === 0) return '<<>>';
  return `(${pairs.map(([argument, value]) => `${tlaString(argument)} :> ${value}`).join(' @@ ')})`;
}

/** A truth value. */
export function tlaBoolean(value: boolean): string {
  return value ? 'TRUE' : 'FALSE';
}
