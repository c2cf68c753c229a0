import { describe, expect, test } from 'vitest';
import { ClientService } from './client-service.ts';

function service(options: { leads: boolean; leader?: string }) {
  const requests: string[] = [];
  const state = { ...options };
  const clients = new ClientService({
    isLeader: () => state.leads,
    leader: () => state.leader ?? null,
    clientRequest: (command) => requests.push(command),
  });
  return { clients, requests, state };
}

describe('a server and its clients', () => {
  test('the leader answers when the command is applied, not before', () => {
    const { clients, requests } = service({ leads: true });
    const answers: unknown[] = [];
    clients.receive({ command: 'c1:1 append x a' }, (answer) => answers.push(answer) > 0);
    expect({ requests, answers }).toEqual({ requests: ['c1:1 append x a'], answers: [] });
    clients.apply('c1:1 append x a');
    clients.apply('c1:1 append x a');
    expect(answers).toEqual([{ serial: 1, status: 'done', value: 'a' }]);
  });

  test('another server names the leader, if it knows one', () => {
    const answers: unknown[] = [];
    const answer = (value: unknown) => answers.push(value) > 0;
    service({ leads: false, leader: 's3' }).clients.receive({ command: 'c1:7 get x' }, answer);
    service({ leads: false }).clients.receive({ command: 'c1:8 get x' }, answer);
    expect(answers).toEqual([
      { serial: 7, status: 'redirect', leader: 's3' },
      { serial: 8, status: 'redirect', leader: null },
    ]);
  });

  test('a leader that steps down sends those away who wait', () => {
    const { clients, state } = service({ leads: true });
    const answers: unknown[] = [];
    clients.receive({ command: 'c1:1 get x' }, (value) => answers.push(value) > 0);
    state.leads = false;
    state.leader = 's2';
    clients.stepDown();
    clients.apply('c1:1 get x');
    expect(answers).toEqual([{ serial: 1, status: 'redirect', leader: 's2' }]);
  });

  test('what is no request is ignored', () => {
    const { clients, requests } = service({ leads: true });
    for (const value of [null, 1, {}, { command: 1 }, { command: 'nonsense' }])
      clients.receive(value, () => true);
    expect(requests).toEqual([]);
  });
});
