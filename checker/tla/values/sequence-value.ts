import { hash } from './hash.ts';
import { itemAt } from './item-at.ts';
import { finish } from './mixing.ts';
import type { Value } from './value.ts';

const BASE = 0x01000193;

/** Powers of BASE, as far as they were needed. */
const powers: number[] = [1];

function powerOfBase(exponent: number): number {
  for (let i = powers.length; i <= exponent; i++) powers.push(Math.imul(powers[i - 1] ?? 1, BASE));
  return powers[exponent] ?? 1;
}

/**
 * What sequences share: items that are never changed once they are there, only added to, and the polynomial hash of
 * each prefix as far as somebody asked.
 */
export class SequenceBuffer {
  declare readonly items: Value[];
  /** prefixes[i] is the hash of the first i items. */
  declare readonly prefixes: number[];
  /** So many items from the first on are known to have no lazy parts. */
  normalTo = 0;

  constructor(items: Value[]) {
    this.items = items;
    this.prefixes = [0];
  }

  /** The hash of the items from start (counted from 0) up to, without, end. */
  hashOfRange(start: number, end: number): number {
    const prefixes = this.prefixes;
    if (prefixes.length <= end) this.#hashUpTo(end);
    const before = prefixes[start] ?? 0;
    const whole = prefixes[end] ?? 0;
    return start === 0 ? whole : (whole - Math.imul(before, powerOfBase(end - start))) | 0;
  }

  #hashUpTo(end: number): void {
    const { items, prefixes } = this;
    let h = prefixes[prefixes.length - 1] ?? 0;
    for (let i = prefixes.length - 1; i < end; i++) {
      h = (Math.imul(h, BASE) + hash(itemAt(items, i))) | 0;
      prefixes.push(h);
    }
  }
}

/** A sequence, which is also every function with the domain 1..n and the empty function: a range of a buffer. */
export class SequenceValue {
  /** 0 until it is known. */
  hashCode = 0;
  declare buffer: SequenceBuffer;
  declare start: number;
  declare readonly length: number;

  constructor(buffer: SequenceBuffer, start: number, length: number) {
    this.buffer = buffer;
    this.start = start;
    this.length = length;
  }

  /** The item at an index counted from 0, which must be less than the length. */
  at(index: number): Value {
    return itemAt(this.buffer.items, this.start + index);
  }

  /** The items; a copy unless they are the whole of the buffer: never change it. */
  toArray(): readonly Value[] {
    const { buffer, start, length } = this;
    if (start === 0 && length === buffer.items.length) return buffer.items;
    return buffer.items.slice(start, start + length);
  }

  computeHash(): number {
    const range = this.buffer.hashOfRange(this.start, this.start + this.length);
    this.hashCode = finish((range + Math.imul(this.length + 1, 0x9e3779b1)) | 0);
    return this.hashCode;
  }
}

export const emptySequence = new SequenceValue(new SequenceBuffer([]), 0, 0);

/** The sequence of these items. The array is kept and grows later: hand over one that nobody else uses. */
export function sequence(items: Value[]): SequenceValue {
  return items.length === 0 ? emptySequence : new SequenceValue(new SequenceBuffer(items), 0, items.length);
}
