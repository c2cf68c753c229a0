import { expect, test } from 'vitest';
import { REMEMBERED_EVENTS, SentMessages } from './sent-messages.ts';

test('knows what was sent, received and released', () => {
  const sent = new SentMessages();
  sent.send(7, 123, 40);
  expect(sent.lookUp(6)).toBe('unsent');
  expect(sent.lookUp(7)).toEqual({ hash: 123, line: 40, received: false, released: false });
  sent.markReleased(7);
  sent.markReceived(7);
  sent.markReceived(7);
  expect(sent.lookUp(7)).toEqual({ hash: 123, line: 40, received: true, released: true });
  expect(sent.lookUp(2 ** 31)).toBe('unsent');
});

test('a received message is remembered long enough, then forgotten; one that is under way never', () => {
  const sent = new SentMessages();
  sent.send(1, 11, 1);
  sent.markReceived(1);
  sent.send(5000, 55, 2);
  for (let seq = 6000; seq < REMEMBERED_EVENTS; seq += 500) {
    sent.send(seq, 1, 3);
    sent.markReceived(seq);
  }
  expect(sent.lookUp(1)).toMatchObject({ hash: 11 });
  sent.send(REMEMBERED_EVENTS * 3, 99, 4);
  expect(sent.lookUp(1)).toBe('forgotten');
  expect(sent.lookUp(5000)).toMatchObject({ hash: 55, received: false });
  sent.markReceived(5000);
  expect(sent.lookUp(5000)).toBe('forgotten');
});
