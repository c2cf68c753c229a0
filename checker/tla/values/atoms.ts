import { hashOfText } from './mixing.ts';

/**
 * TLC orders strings and model values by the order in which it first saw their texts (its UniqueString), so both
 * carry the number of their text. Values are interned: the same text is the same object.
 */
const tokens = new Map<string, number>();
const strings = new Map<string, StringValue>();
const modelValues = new Map<string, ModelValue>();

/** A TLA+ string. Made by `string` only, so that equal strings are identical. */
export class StringValue {
  declare readonly hashCode: number;
  declare readonly token: number;
  declare readonly text: string;

  constructor(text: string, token: number) {
    this.hashCode = hashOfText(text, 0x5bd1);
    this.token = token;
    this.text = text;
  }
}

/** A model value of the configuration. Made by `modelValue` only, so that equal ones are identical. */
export class ModelValue {
  declare readonly hashCode: number;
  declare readonly token: number;
  declare readonly name: string;
  /** The letter of a typed model value (`A` of `A_x`), or the empty string. */
  declare readonly type: string;

  constructor(name: string, token: number) {
    this.hashCode = hashOfText(name, 0x2f0d);
    this.token = token;
    this.name = name;
    this.type = /^[A-Za-z]_./.test(name) ? name.charAt(0) : '';
  }
}

/** Such a model value can be compared with each value, is equal to no other, and belongs to no set that does not list it. */
export function isUntyped(value: unknown): boolean {
  return value instanceof ModelValue && value.type === '';
}

/** The number of a text, the next one if it was not yet seen. */
export function internToken(text: string): number {
  const known = tokens.get(text);
  if (known !== undefined) return known;
  const token = tokens.size + 1;
  tokens.set(text, token);
  return token;
}

export function string(text: string): StringValue {
  const known = strings.get(text);
  if (known !== undefined) return known;
  const value = new StringValue(text, internToken(text));
  strings.set(text, value);
  return value;
}

export function modelValue(name: string): ModelValue {
  const known = modelValues.get(name);
  if (known !== undefined) return known;
  const value = new ModelValue(name, internToken(name));
  modelValues.set(name, value);
  return value;
}

/** Forgets every text. For tests only: values made before must not meet values made after. */
export function resetTokens(): void {
  tokens.clear();
  strings.clear();
  modelValues.clear();
}
