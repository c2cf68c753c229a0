import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findRecordings } from '../../traces/recording-source.ts';
import type { TraceEvent, Variable } from '../../traces/trace-format.ts';
import { HEADER, STORY } from '../tlc/recorded-run.fixture.ts';
import { checkRecording } from './check-recording.ts';
import { planEngines } from './engine-plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-notes-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The story's first events; those at the given positions leave variables out. */
function leavingOut(leftOut: Readonly<Record<number, readonly Variable[]>>): readonly TraceEvent[] {
  return STORY.slice(0, 4).map((event, position): TraceEvent => {
    const unobserved = leftOut[position];
    if (unobserved === undefined || !('server' in event)) return event;
    const state = Object.fromEntries(
      Object.entries(event.state ?? {}).filter(([name]) => !unobserved.some((variable) => variable === name)),
    );
    return { ...event, state, unobserved: [...unobserved] };
  });
}

async function notesOn(name: string, events: readonly TraceEvent[], header = HEADER): Promise<unknown> {
  const file = join(folder, `${name}.ndjson`);
  const end = { end: true, events: events.length };
  writeFileSync(file, `${[header, ...events, end].map((line) => JSON.stringify(line)).join('\n')}\n`);
  const [source] = await findRecordings([file]);
  if (source === undefined) throw new Error('no run');
  const { verdict, notes } = await checkRecording(source, { engines: await planEngines('replay') });
  expect(verdict).toBe('accepted');
  return notes.map(({ code, message }) => `${code} ${message}`);
}

describe('the notes beside a verdict', () => {
  it('say what single events leave out, and how often', async () => {
    expect(
      await notesOn('some', leavingOut({ 0: ['commitIndex', 'currentTerm'], 1: ['currentTerm'] })),
    ).toEqual([
      'RC7007 left out by single events, so not compared there: currentTerm (in 2), commitIndex (in 1)',
    ]);
  });

  it('say nothing of that where every event shows all', async () => {
    expect(await notesOn('none', leavingOut({}))).toEqual([]);
  });

  it('speak of one unrecorded server or of several', async () => {
    const one = { ...HEADER, unrecorded: ['s4'], servers: [...HEADER.servers, 's4', 's5'] };
    const several = { ...one, unrecorded: ['s4', 's5'] };
    const events: readonly TraceEvent[] = [{ server: 's1', seq: 1, action: 'Timeout' }];
    const header = { observed: [] };
    expect(await notesOn('one', events, { ...one, ...header })).toContain(
      'RC7003 assumed, not checked: all that s4 sent, for it recorded nothing',
    );
    expect(await notesOn('several', events, { ...several, ...header })).toContain(
      'RC7003 assumed, not checked: all that s4, s5 sent, for they recorded nothing',
    );
  });

  it('do not repeat for events what the header leaves out', async () => {
    const header = { ...HEADER, observed: HEADER.observed.filter((variable) => variable !== 'commitIndex') };
    expect(await notesOn('header', leavingOut({ 0: ['commitIndex'] }), header)).toEqual([
      'RC7001 not observed, so not compared: commitIndex',
    ]);
  });
});
