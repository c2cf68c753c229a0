import type { State } from '../compile/compiled-spec.ts';
import { decode, EncodingSink, EncodingSource, encode } from '../values/operations.ts';
import type { Value } from '../values/value.ts';

export function encodeState(state: State): Uint8Array {
  const sink = new EncodingSink();
  for (const value of state) encode(value, sink);
  return sink.bytes.slice();
}

export function decodeState(bytes: Uint8Array): State {
  const source = new EncodingSource(bytes);
  const state: Value[] = [];
  while (!source.atEnd) state.push(decode(source));
  return state;
}
