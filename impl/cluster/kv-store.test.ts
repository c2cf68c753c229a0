import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClientCommand, formatCommand, KvStore, parseCommand } from './kv-store.ts';

const commands: fc.Arbitrary<ClientCommand> = fc.record({
  client: fc.stringMatching(/^\w+$/),
  serial: fc.nat(),
  operation: fc.oneof(
    fc.record({
      kind: fc.constantFrom('set' as const, 'append' as const),
      key: fc.stringMatching(/^\w+$/),
      value: fc.string(),
    }),
    fc.record({ kind: fc.constant('get' as const), key: fc.stringMatching(/^\w+$/) }),
  ),
});

describe('the text of a command', () => {
  test('says everything about it', () => {
    fc.assert(
      fc.property(commands, (command) => {
        expect(parseCommand(formatCommand(command))).toEqual(command);
      }),
    );
  });

  test('a text that is no command is none', () => {
    for (const text of ['', 'x=1', 'c1:1 set x', 'c1:1 drop x y', 'c1:1 get x y', `c1:${2 ** 60} get x`]) {
      expect(parseCommand(text)).toBeUndefined();
    }
  });
});

describe('the store', () => {
  test('sets, appends and reads', () => {
    const store = new KvStore();
    const values = ['c1:1 get x', 'c1:2 set x a b', 'c1:3 append x !', 'c2:1 get x', 'c2:2 append y 1'].map(
      (text) => store.apply(text)?.value,
    );
    expect(values).toEqual(['', 'a b', 'a b!', 'a b!', '1']);
  });

  test('executes a repeated request once, and gives the first answer again (thesis 6.3)', () => {
    const store = new KvStore();
    const first = store.apply('c1:1 append x 1');
    store.apply('c2:1 append x 2');
    expect(store.apply('c1:1 append x 1')).toEqual(first);
    expect(store.apply('c1:2 get x')?.value).toBe('12');
  });

  test('leaves entries alone that no client made', () => {
    expect(new KvStore().apply('anything')).toBeUndefined();
  });
});
