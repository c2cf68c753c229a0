import { ModelValue, modelValue, StringValue, string } from './atoms.ts';
import { FunctionValue } from './function-value.ts';
import { functionOf } from './functions.ts';
import { itemAt } from './item-at.ts';
import { normalise } from './normalise.ts';
import { SequenceValue, sequence } from './sequence-value.ts';
import { IntervalValue, SetValue } from './set-value.ts';
import { isAscending, setOf } from './sets.ts';
import { type Shape, shapeOfSorted } from './shape.ts';
import type { Value } from './value.ts';

/*
 * A compact binary form for messages between threads: a tag, then varints. A text is written once, and afterwards
 * named by its number, and so is the shape of a function; so a sink is read back from its start. Strings and model
 * values travel as texts, because each thread numbers its own; so sets and shapes are sorted again where need be.
 */

const TAG = {
  false: 0,
  true: 1,
  integer: 2,
  newString: 3,
  string: 4,
  newModelValue: 5,
  modelValue: 6,
  sequence: 7,
  newShape: 8,
  function: 9,
  set: 10,
  interval: 11,
} as const;

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder();

/** Where values are written. */
export class EncodingSink {
  readonly #numbers = new Map<StringValue | ModelValue | Shape, number>();
  #bytes = new Uint8Array(256);
  #length = 0;

  /** What was written so far: a view, valid until the next value is written. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** The number of something written before. */
  numberOf(what: StringValue | ModelValue | Shape): number | undefined {
    return this.#numbers.get(what);
  }

  /** Gives a number to something, once all that it consists of has been written. */
  remember(what: StringValue | ModelValue | Shape): void {
    this.#numbers.set(what, this.#numbers.size);
  }

  byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  /** A natural number of up to 32 bits, in groups of 7. */
  natural(value: number): void {
    this.#reserve(5);
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  integer(value: number): void {
    this.natural((value << 1) ^ (value >> 31));
  }

  text(text: string): void {
    const bytes = utf8.encode(text);
    this.natural(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Where values are read that were written to one sink. */
export class EncodingSource {
  readonly bytes: Uint8Array;
  readonly #known: (Value | ReceivedShape)[] = [];
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.bytes.length;
  }

  remember<What extends Value | ReceivedShape>(what: What): What {
    this.#known.push(what);
    return what;
  }

  knownValue(): Value {
    const known = itemAt(this.#known, this.natural());
    if (known instanceof ReceivedShape) throw malformed();
    return known;
  }

  knownShape(): ReceivedShape {
    const known = itemAt(this.#known, this.natural());
    if (!(known instanceof ReceivedShape)) throw malformed();
    return known;
  }

  byte(): number {
    const byte = this.bytes[this.#at++];
    if (byte === undefined) throw malformed();
    return byte;
  }

  natural(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  integer(): number {
    const zigzag = this.natural();
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  text(): string {
    const size = this.natural();
    const text = fromUtf8.decode(this.bytes.subarray(this.#at, this.#at + size));
    this.#at += size;
    return text;
  }
}

/** The keys of a shape as they arrived, and the shape if they arrived in this thread's order. */
class ReceivedShape {
  readonly keys: readonly Value[];
  readonly shape: Shape | undefined;

  constructor(keys: readonly Value[]) {
    this.keys = keys;
    this.shape = isAscending(keys) ? shapeOfSorted(keys) : undefined;
  }
}

function malformed(): RangeError {
  return new RangeError('the bytes are not those of a value');
}

/** Writes a value; lazy ones in their explicit form. */
export function encode(value: Value, sink: EncodingSink): void {
  if (typeof value === 'number') {
    sink.byte(TAG.integer);
    sink.integer(value);
  } else if (typeof value === 'boolean') sink.byte(value ? TAG.true : TAG.false);
  else if (value instanceof StringValue) encodeText(value, value.text, TAG.newString, TAG.string, sink);
  else if (value instanceof ModelValue)
    encodeText(value, value.name, TAG.newModelValue, TAG.modelValue, sink);
  else if (value instanceof SequenceValue) encodeItems(TAG.sequence, value.toArray(), sink);
  else if (value instanceof FunctionValue) encodeFunction(value, sink);
  else if (value instanceof SetValue) encodeItems(TAG.set, value.items, sink);
  else if (value instanceof IntervalValue) {
    sink.byte(TAG.interval);
    sink.integer(value.low);
    sink.integer(value.high);
  } else encode(normalise(value), sink);
}

function encodeText(
  value: StringValue | ModelValue,
  text: string,
  first: number,
  again: number,
  sink: EncodingSink,
) {
  const known = sink.numberOf(value);
  sink.byte(known === undefined ? first : again);
  if (known === undefined) {
    sink.text(text);
    sink.remember(value);
  } else sink.natural(known);
}

function encodeItems(tag: number, items: readonly Value[], sink: EncodingSink): void {
  sink.byte(tag);
  sink.natural(items.length);
  for (const item of items) encode(item, sink);
}

function encodeFunction(f: FunctionValue, sink: EncodingSink): void {
  const known = sink.numberOf(f.shape);
  if (known === undefined) {
    encodeItems(TAG.newShape, f.shape.keys, sink);
    sink.remember(f.shape);
  } else {
    sink.byte(TAG.function);
    sink.natural(known);
  }
  for (const value of f.values) encode(value, sink);
}

/** Reads the next value. */
export function decode(source: EncodingSource): Value {
  const tag = source.byte();
  switch (tag) {
    case TAG.false:
      return false;
    case TAG.true:
      return true;
    case TAG.integer:
      return source.integer();
    case TAG.newString:
      return source.remember(string(source.text()));
    case TAG.newModelValue:
      return source.remember(modelValue(source.text()));
    case TAG.string:
    case TAG.modelValue:
      return source.knownValue();
    case TAG.sequence:
      return sequence(decodeItems(source));
    case TAG.newShape:
      return decodeFunction(source.remember(new ReceivedShape(decodeItems(source))), source);
    case TAG.function:
      return decodeFunction(source.knownShape(), source);
    case TAG.set:
      return setOf(decodeItems(source));
    case TAG.interval:
      return new IntervalValue(source.integer(), source.integer());
    default:
      throw malformed();
  }
}

function decodeItems(source: EncodingSource): Value[] {
  const items: Value[] = [];
  for (let left = source.natural(); left > 0; left--) items.push(decode(source));
  return items;
}

function decodeFunction({ keys, shape }: ReceivedShape, source: EncodingSource): Value {
  const values: Value[] = [];
  for (let i = 0; i < keys.length; i++) values.push(decode(source));
  return shape === undefined ? functionOf(keys, values) : new FunctionValue(shape, values);
}
