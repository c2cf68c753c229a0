import { afterEach, describe, expect, test } from 'vitest';
import { readRequest } from './client-protocol.ts';
import { ClusterClient } from './cluster-client.ts';
import { type Answer, LineServer } from './line-server.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server that answers every request as told, and what it was asked. */
async function server(respond: (serial: number, answer: Answer) => void) {
  const asked: number[] = [];
  const lines = await LineServer.listen((value, answer) => {
    const serial = readRequest(value)?.serial ?? 0;
    asked.push(serial);
    respond(serial, answer);
  });
  closers.push(() => lines.close());
  return { asked, port: lines.port };
}

function redirectTo(leader: string | null) {
  return (serial: number, answer: Answer) => answer({ serial, status: 'redirect', leader });
}

const done = (serial: number, answer: Answer) => answer({ serial, status: 'done', value: 'v' });

function client(servers: Record<string, { port: number }>): ClusterClient {
  const ports = new Map(Object.entries(servers).map(([name, { port }]) => [name, port]));
  const made = new ClusterClient('c1', () => ports);
  closers.push(() => made.close());
  return made;
}

const GET = { kind: 'get', key: 'x' } as const;

describe('a client', () => {
  test('goes where it is sent, and stays there', async () => {
    const s1 = await server(redirectTo('s3'));
    const s2 = await server(redirectTo('s3'));
    const s3 = await server(done);
    const asking = client({ s1, s2, s3 });
    expect(await asking.submit(GET, AbortSignal.timeout(5000))).toBe('v');
    expect(await asking.submit(GET, AbortSignal.timeout(5000))).toBe('v');
    expect([s1.asked, s2.asked, s3.asked]).toEqual([[1], [], [1, 2]]);
    expect(asking.redirects).toBe(1);
  });

  test('asks the next one where no leader is known or the leader is down', async () => {
    const s1 = await server(redirectTo(null));
    const s2 = await server(redirectTo('s9'));
    const s3 = await server(done);
    expect(await client({ s1, s2, s3 }).submit(GET, AbortSignal.timeout(5000))).toBe('v');
  });

  test('repeats a request that is not answered, under the same serial number', async () => {
    const s1 = await server(() => {});
    const s2 = await server(done);
    expect(await client({ s1, s2 }).submit(GET, AbortSignal.timeout(5000))).toBe('v');
    expect([s1.asked, s2.asked]).toEqual([[1], [1]]);
  });

  test('does not take an answer to an earlier request for its own', async () => {
    const s1 = await server((serial, answer) => {
      answer({ serial: serial - 1, status: 'done', value: 'stale' });
      answer({ serial, status: 'done', value: 'fresh' });
    });
    expect(await client({ s1 }).submit(GET, AbortSignal.timeout(5000))).toBe('fresh');
  });

  test('gives up when it is told to', async () => {
    const s1 = await server(() => {});
    expect(await client({ s1 }).submit(GET, AbortSignal.timeout(100))).toBeUndefined();
    expect(await client({}).submit(GET, AbortSignal.timeout(100))).toBeUndefined();
  });
});
