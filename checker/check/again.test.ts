import { describe, expect, it } from 'vitest';
import type { Rejection } from '../verdict.ts';
import { againCommand, withAgain } from './again.ts';

const REJECTION: Rejection = {
  code: 'RC3201',
  file: 'traces/s1.ndjson',
  line: 12,
  position: 30,
  server: 's1',
  action: 'Timeout',
  message: '',
  engine: 'native',
};

describe('the command that shows a rejection again', () => {
  it('names the file of a folder', () => {
    expect(againCommand('traces/', REJECTION)).toBe('raftcheck explain traces/ --file s1.ndjson --line 12');
    expect(againCommand('traces/s1.ndjson', REJECTION)).toBe('raftcheck explain traces/s1.ndjson --line 12');
  });

  it('is one that a shell understands, with the spec that was checked against', () => {
    const elsewhere: Rejection = { ...REJECTION, file: "it's here.ndjson", spec: 'my spec' };
    expect(againCommand("it's here.ndjson", elsewhere)).toBe(
      "raftcheck explain 'it'\\''s here.ndjson' --line 12 --spec 'my spec'",
    );
  });

  it('asks the engine that has rejected it, where that explains no events', () => {
    expect(againCommand('run.ndjson', { ...REJECTION, engine: 'tlc' })).toBe(
      'raftcheck check run.ndjson --engine tlc',
    );
    const rejection: Rejection = { ...REJECTION, engine: 'tlc', spec: 'mine' };
    expect(againCommand('run.ndjson', rejection)).toBe('raftcheck check run.ndjson --engine tlc --spec mine');
  });

  it('names nothing that is taken for a flag', () => {
    const dashed: Rejection = { ...REJECTION, file: '-x.ndjson', spec: '-mine' };
    expect(againCommand('-x.ndjson', dashed)).toBe('raftcheck explain ./-x.ndjson --line 12 --spec ./-mine');
    expect(againCommand('-runs', { ...REJECTION, file: '-runs/-x.ndjson' })).toBe(
      'raftcheck explain ./-runs --file -x.ndjson --line 12',
    );
  });

  it('is none for standard input, of which nothing is left', () => {
    expect(againCommand('-', { ...REJECTION, file: '-' })).toBeUndefined();
    expect(withAgain({ ...REJECTION, file: '-' }, '-')).not.toHaveProperty('again');
  });
});
