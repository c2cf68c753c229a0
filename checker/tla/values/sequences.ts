import { StringValue, string } from './atoms.ts';
import { asBoolean } from './booleans.ts';
import { same } from './equality.ts';
import { itemAt } from './item-at.ts';
import { LazyFunction } from './lazy-function.ts';
import { refuseEmpty, refuseRange, refuseType } from './refusals.ts';
import { emptySequence, SequenceBuffer, SequenceValue, sequence } from './sequence-value.ts';
import type { Value } from './value.ts';

/** Whether a value is a sequence; a function given by a rule is evaluated for that. */
export function isSequence(value: Value): boolean {
  return (
    value instanceof SequenceValue ||
    (value instanceof LazyFunction && value.explicit instanceof SequenceValue)
  );
}

/** A string counts as the sequence of its characters, as in TLC. */
function asSequence(value: Value, operator: string): SequenceValue {
  if (value instanceof SequenceValue) return value;
  if (value instanceof StringValue) return sequence([...value.text].map((character) => string(character)));
  if (value instanceof LazyFunction && value.explicit instanceof SequenceValue) return value.explicit;
  throw refuseType(operator, 'a sequence', value);
}

/** Len(s), of a string too, as TLC. */
export function length(s: Value): number {
  if (s instanceof SequenceValue) return s.length;
  if (s instanceof StringValue) return s.text.length;
  return asSequence(s, 'Len').length;
}

/** Append(s, item): shares the buffer of s unless that went on with another item. */
export function append(s: Value, item: Value): Value {
  if (s instanceof StringValue) return concat(s, item);
  const q = s instanceof SequenceValue ? s : asSequence(s, 'Append');
  if (q.length === 0) return sequence([item]);
  const { buffer, start } = q;
  const end = start + q.length;
  const items = buffer.items;
  if (end === items.length) items.push(item);
  else if (!same(itemAt(items, end), item)) return copyWith(items.slice(start, end), item);
  return new SequenceValue(buffer, start, q.length + 1);
}

function copyWith(items: Value[], item: Value): SequenceValue {
  items.push(item);
  return sequence(items);
}

/** Head(s) */
export function head(s: Value): Value {
  const q = asSequence(s, 'Head');
  if (q.length === 0) throw refuseEmpty('Head');
  return q.at(0);
}

/** Tail(s): a view of s. */
export function tail(s: Value): Value {
  if (s instanceof StringValue && s.text !== '') return string(s.text.slice(1));
  const q = asSequence(s, 'Tail');
  if (q.length === 0) throw refuseEmpty('Tail');
  return view(q, 1, q.length - 1);
}

function view(s: SequenceValue, offset: number, size: number): SequenceValue {
  if (size === 0) return emptySequence;
  return size === s.length ? s : new SequenceValue(s.buffer, s.start + offset, size);
}

/** SubSeq(s, from, to): a view of s; of a string a string. */
export function subSeq(s: Value, from: Value, to: Value): Value {
  if (typeof from !== 'number') throw refuseType('SubSeq', 'integers as its second and third argument', from);
  if (typeof to !== 'number') throw refuseType('SubSeq', 'integers as its second and third argument', to);
  if (s instanceof StringValue) {
    if (from > to) return string('');
    if (from < 1 || to > s.text.length) throw refuseRange(`SubSeq(..., ${from}, ${to})`);
    return string(s.text.slice(from - 1, to));
  }
  const q = asSequence(s, 'SubSeq');
  if (from > to) return emptySequence;
  if (from < 1 || to > q.length) throw refuseRange(`SubSeq(..., ${from}, ${to})`);
  return view(q, from - 1, to - from + 1);
}

/** s \o t, of two strings too, as TLC. */
export function concat(s: Value, t: Value): Value {
  if (s instanceof StringValue) {
    if (t instanceof StringValue) return string(s.text + t.text);
    throw refuseType('\\o', 'a string after a string', t);
  }
  const left = asSequence(s, '\\o');
  const right = asSequence(t, '\\o');
  if (left.length === 0) return right;
  if (right.length === 0) return left;
  const { items } = left.buffer;
  const end = left.start + left.length;
  if (!goesOnWith(left, right)) {
    const copied = items.slice(left.start, end);
    for (let i = 0; i < right.length; i++) copied.push(right.at(i));
    return sequence(copied);
  }
  for (let i = items.length - end; i < right.length; i++) items.push(right.at(i));
  return new SequenceValue(left.buffer, left.start, left.length + right.length);
}

/** Whether what follows in the buffer of `left`, as far as it goes, is `right`. */
function goesOnWith(left: SequenceValue, right: SequenceValue): boolean {
  const { items } = left.buffer;
  const end = left.start + left.length;
  const there = Math.min(items.length - end, right.length);
  for (let i = 0; i < there; i++) if (!same(itemAt(items, end + i), right.at(i))) return false;
  return true;
}

/** SelectSeq(s, test) */
export function selectSeq(s: Value, test: (item: Value) => Value): SequenceValue {
  const q = asSequence(s, 'SelectSeq');
  const kept: Value[] = [];
  for (let i = 0; i < q.length; i++) {
    const item = q.at(i);
    if (asBoolean(test(item), 'the test of SelectSeq')) kept.push(item);
  }
  return kept.length === q.length ? q : sequence(kept);
}

/** SortSeq(s, lessThan): TLC's insertion sort, so that what is neither less nor greater ends up where TLC puts it. */
export function sortSeq(s: Value, lessThan: (a: Value, b: Value) => Value): SequenceValue {
  const q = asSequence(s, 'SortSeq');
  const items: Value[] = q.toArray().slice();
  for (let i = 1; i < items.length; i++) {
    const item = itemAt(items, i);
    let j = i;
    while (j > 0 && asBoolean(lessThan(item, itemAt(items, j - 1)), 'the order of SortSeq')) {
      items[j] = itemAt(items, j - 1);
      j--;
    }
    items[j] = item;
  }
  return sequence(items);
}

/** A sequence with a buffer of its own: for what outlives the rest of a large buffer. */
export function copyOfSequence(s: SequenceValue): SequenceValue {
  return s.length === 0
    ? emptySequence
    : new SequenceValue(new SequenceBuffer([...s.toArray()]), 0, s.length);
}
