import { describe, expect, it } from 'vitest';
import { renderRejection } from '../../check/render-rejection.ts';
import { changedSpec, knownRejection, namedCause, REJECTED, rejectionOf } from './diagnosis.fixture.ts';

describe('the diagnosis of the corpus', () => {
  it.each(REJECTED)('names what is wrong with $file', async ({ file, rejection: { cause, ...place } }) => {
    const rejection = await knownRejection(file);
    expect(rejection).toMatchObject(place);
    expect(namedCause(rejection, cause)).toEqual('conjunct' in cause ? cause : [cause]);
  });

  it.each(REJECTED)('says all that design asks for, on eleven lines, of $file', async ({ file }) => {
    const rejection = await knownRejection(file);
    expect(rejection.conjunct?.text).toMatch(/\S/);
    expect(rejection.enabled?.length).toBeGreaterThan(0);
    if (rejection.code === 'RC3201') expect(rejection.values?.length).toBeGreaterThan(0);
    else expect(rejection.differences?.length).toBeGreaterThan(0);
    const rows = renderRejection(rejection, file);
    expect(rows.length).toBeLessThanOrEqual(11);
    expect(rows.at(-1)?.[1]).toContain(`raftcheck explain`);
    for (const [, text] of rows) expect(text.length).toBeLessThan(420);
  });

  it('is the same every time', async () => {
    const file = 'rejected/restart-writes.ndjson';
    expect(await rejectionOf(file)).toEqual(await knownRejection(file));
  });
});

describe('a failing guard', () => {
  it('is named with the values that it saw and its parameters', async () => {
    const { conjunct, values } = await rejectionOf('rejected/bug-commit-old-term.ndjson');
    expect(conjunct).toMatchObject({ module: 'Replication', definition: 'AdvanceCommitIndex' });
    expect(values).toEqual([
      { text: 'log[s][i].term', value: '1' },
      { text: 'currentTerm[s]', value: '3' },
      { text: 's', value: '"s1"' },
      { text: 'i', value: '2' },
    ]);
  });

  it('is the innermost one, in the module that it stands in', async () => {
    const { conjunct } = await rejectionOf('rejected/leader-early.ndjson');
    expect(conjunct).toMatchObject({ module: 'Configuration', definition: 'IsQuorum', line: 15 });
  });
});

describe('another spec', () => {
  it('without a guard lets the next one be named', async () => {
    const spec = changedSpec(
      'Election',
      '    /\\ role[s] = Candidate\n    /\\ OwnVoteIsDurable(s)',
      '    /\\ OwnVoteIsDurable(s)',
    );
    const { conjunct, line } = await rejectionOf('rejected/leader-twice.ndjson', spec);
    // As a leader it counts no votes any more.
    expect(line).toBe(12);
    expect(conjunct).toMatchObject({ definition: 'IsQuorum', file: `${spec}/Configuration.tla` });
  });

  it('without the rule for old terms finds nothing wrong with the commit that breaks it', async () => {
    const spec = changedSpec('Replication', '    /\\ log[s][i].term = currentTerm[s]\n', '');
    await expect(rejectionOf('rejected/bug-commit-old-term.ndjson', spec)).rejects.toThrow('accepted');
  });

  it('with another effect differs in another variable', async () => {
    const spec = changedSpec(
      'Election',
      "    /\\ role' = [role EXCEPT ![s] = Candidate]",
      "    /\\ role' = role",
    );
    const { line, differences } = await rejectionOf('rejected/term.ndjson', spec);
    expect(line).toBe(2);
    expect(differences?.map(({ variable }) => variable)).toEqual(['currentTerm', 'role']);
  });

  it('that sends another message names the field of the message', async () => {
    const spec = changedSpec(
      'Election',
      'lastLogIndex |-> LastIndex(log[s])',
      'lastLogIndex |-> LastIndex(log[s]) + 1',
    );
    const { conjunct, differences, values } = await rejectionOf('rejected/role.ndjson', spec);
    expect(differences).toMatchObject([{ variable: 'sends', fields: ['0.lastLogIndex'] }]);
    expect(conjunct).toMatchObject({
      text: 'lastLogIndex |-> LastIndex(log[s]) + 1',
      definition: 'RequestVoteRequest',
    });
    expect(values).toBeUndefined();
  });
});

describe('an operator that answers a message', () => {
  it('is explained by the condition in it that is false', async () => {
    const spec = changedSpec(
      'Election',
      'IsNewer(s, m) \\/ votedFor[s] \\in {Nil, m.from}',
      'votedFor[s] \\in {m.from}',
    );
    const rejection = await rejectionOf('accepted/three-servers.ndjson', spec);
    expect(rejection.conjunct).toMatchObject({ text: 'voteGranted |-> GrantsVote(s, m)' });
    expect(rejection.because).toMatchObject({
      definition: 'GrantsVote',
      text: 'votedFor[s] \\in {m.from}',
      values: expect.arrayContaining([{ text: 'votedFor[s]', value: 'Nil' }]),
    });
    expect(renderRejection(rejection, '').find(([name]) => name === 'because')?.[1]).toMatch(
      /^FALSE: votedFor/,
    );
  });

  it('is explained by all that it saw where it is TRUE', async () => {
    const { conjunct, because } = await knownRejection('rejected/vote-forged.ndjson');
    expect(conjunct).toMatchObject({ text: 'voteGranted |-> GrantsVote(s, m)' });
    expect(because).toMatchObject({ text: 'GrantsVote(s, m)', holds: true });
    expect(because?.values.map(({ text, value }) => `${text} = ${value}`)).toContain('votedFor[s] = Nil');
  });
});

describe('a step that nobody recorded', () => {
  it('is found where the event fits after it', async () => {
    const missing = async (name: string) => (await knownRejection(`rejected/${name}.ndjson`)).missing;
    expect(await missing('commit-dropped')).toEqual({
      action: 'AdvanceCommitIndex',
      step: 'AdvanceCommitIndex(s1, 1)',
    });
    // The vote that is recorded after the election that it decides is still in flight; of two either would do.
    expect(await missing('leader-early')).toEqual({
      action: 'HandleRequestVoteResponse',
      step: 'HandleRequestVoteResponse(s1, s3:1.0)',
    });
    expect(await missing('leader-twice')).toBeUndefined();
    expect(await missing('next-index')).toBeUndefined();
  });

  it('is told as "or" only beside a better explanation', async () => {
    const guesses = async (name: string) =>
      renderRejection(await knownRejection(`rejected/${name}.ndjson`), name)
        .filter(([row]) => row === 'perhaps' || row === 'or')
        .map(([row, text]) => `${row} ${text.split('(')[0]}`);
    expect(await guesses('commit-dropped')).toEqual(['perhaps AppendEntries', 'or AdvanceCommitIndex']);
    expect(await guesses('leader-early')).toEqual(['perhaps HandleRequestVoteResponse']);
  });
});
