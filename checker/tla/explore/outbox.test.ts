import { expect, test } from 'vitest';
import { Outbox } from './outbox.ts';
import { ValueTable } from './value-table.ts';
import type { Delivery } from './worker-messages.ts';

test('what a failure has left half-written is not sent', () => {
  const table = new ValueTable();
  const deliveries: Delivery[] = [];
  const outbox = new Outbox([table], (delivery) => deliveries.push(delivery));
  outbox.add(Int32Array.of(table.intern(7)), -1);
  const unknown = table.size;
  expect(() => outbox.add(Int32Array.of(unknown), 0)).toThrow();
  outbox.discard();
  outbox.endLevel();
  expect(deliveries).toEqual(['end of level']);
});
