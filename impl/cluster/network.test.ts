import { createConnection } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Message } from '../../traces/trace-format.ts';
import { LineServer } from './line-server.ts';
import { LinkProxy } from './link-proxy.ts';
import { isMessage } from './message-check.ts';
import { PeerLinks } from './peer-links.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function message(seq: number): Message {
  return { id: `s1:${seq}.0`, from: 's1', to: 's2', term: 1, type: 'RequestVoteResponse', voteGranted: true };
}

/** A server behind a proxy, and a link to it. */
async function linked() {
  const received: string[] = [];
  const server = await LineServer.listen((value) => {
    if (isMessage(value)) received.push(value.id);
  });
  const proxy = await LinkProxy.listen();
  proxy.setTarget(server.port);
  const links = new PeerLinks({ s2: proxy.port });
  closers.push(
    () => links.close(),
    () => proxy.close(),
    () => server.close(),
  );
  let seq = 0;
  const sendUntil = (condition: () => boolean) =>
    expect
      .poll(
        () => {
          seq += 1;
          links.send(message(seq));
          return condition();
        },
        { interval: 10, timeout: 5000 },
      )
      .toBe(true);
  return { received, server, proxy, links, sendUntil };
}

describe('a link through a proxy', () => {
  test('delivers in order; what is cut off is lost; healed it delivers again', async () => {
    const { received, proxy, sendUntil, links } = await linked();
    await sendUntil(() => received.length >= 3);
    proxy.cut();
    const before = received.length;
    const ended = performance.now() + 150;
    await sendUntil(() => performance.now() > ended);
    expect(received.length).toBeLessThanOrEqual(before + 1);
    proxy.heal();
    await sendUntil(() => received.length >= before + 3);
    expect(received).toEqual([...received].sort((a, b) => seqOf(a) - seqOf(b)));
    expect(new Set(received).size).toBe(received.length);
    links.send({ ...message(1), to: 'unknown' });
  });

  test('follows a target that moves', async () => {
    const { received, server, proxy, sendUntil } = await linked();
    await sendUntil(() => received.length > 0);
    server.close();
    const moved: string[] = [];
    const next = await LineServer.listen((value) => isMessage(value) && moved.push(value.id));
    closers.push(() => next.close());
    proxy.setTarget(next.port);
    await sendUntil(() => moved.length > 0);
  });

  test('a delay that changes does not mix up the bytes', async () => {
    const { received, proxy, links, sendUntil } = await linked();
    await sendUntil(() => received.length > 0);
    for (let seq = 1000; seq < 1200; seq += 1) {
      proxy.setDelay(seq % 3 === 0 ? 30 : 0);
      links.send(message(seq));
      if (seq % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await expect.poll(() => received.at(-1), { timeout: 5000 }).toBe('s1:1199.0');
    expect(received.slice(-200).map(seqOf)).toEqual(Array.from({ length: 200 }, (_, index) => 1000 + index));
  });
});

describe('what comes from a socket', () => {
  test('garbage ends its connection and nothing else', async () => {
    const { received, server, sendUntil } = await linked();
    const stray = createConnection({ host: '127.0.0.1', port: server.port });
    stray.on('error', () => {});
    stray.write('GET / HTTP/1.1\r\n\r\n');
    await new Promise((resolve) => stray.on('close', resolve));
    await sendUntil(() => received.length > 0);
  });

  test('is a message only if it has all its fields', () => {
    const request = {
      id: 's1:1.0',
      from: 's1',
      to: 's2',
      term: 1,
      type: 'AppendEntriesRequest',
      prevLogIndex: 0,
      prevLogTerm: 0,
      entries: [
        { term: 1, command: 'x' },
        { term: 1, noop: true },
      ],
      leaderCommit: 0,
    };
    expect(isMessage(request)).toBe(true);
    for (const name of Object.keys(request)) {
      expect(isMessage({ ...request, [name]: undefined })).toBe(false);
      expect(isMessage({ ...request, [name]: -1 })).toBe(false);
    }
    expect(isMessage({ ...request, entries: [{ term: 1 }] })).toBe(false);
    expect(isMessage(null)).toBe(false);
  });
});

function seqOf(id: string): number {
  return Number(id.slice(3, -2));
}
