import { CommanderError } from '@commander-js/extra-typings';
import { describe, expect, test } from 'vitest';
import { CodedError } from '../diagnostics/coded-error.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { describeFailure } from './failure.ts';
import { usageError } from './usage-error.ts';

describe('what an error becomes', () => {
  test('a coded error keeps its code, place and hint, and its family decides the exit code', () => {
    expect(
      describeFailure(new CodedError('RC4001', 'time is up', { file: 'f', line: 2, hint: 'h' })),
    ).toEqual({
      exitCode: EXIT_CODES.inconclusive,
      diagnostic: { code: 'RC4001', severity: 'error', message: 'time is up', file: 'f', line: 2, hint: 'h' },
    });
  });

  test('an error that bears a code of ours by shape alone is treated alike', () => {
    const error = Object.assign(new Error('a gap in seq'), { code: 'RC1003', file: 'f', line: 9 });
    expect(describeFailure(error)).toMatchObject({ exitCode: EXIT_CODES.malformed, diagnostic: { line: 9 } });
  });

  test("commander's complaints are usage, in one line", () => {
    const complaint = "error: unknown option '--jsn'\n(Did you mean --json?)";
    const error = new CommanderError(1, 'commander.unknownOption', complaint);
    expect(describeFailure(error, ['check', '--jsn'])).toEqual({
      exitCode: EXIT_CODES.usage,
      diagnostic: {
        code: 'RC6001',
        severity: 'error',
        message: "unknown option '--jsn' (Did you mean --json?)",
        hint: 'raftcheck check --help',
      },
    });
  });

  test('our own complaints of the command line look like them', () => {
    expect(describeFailure(usageError('no such model'))).toEqual({
      exitCode: EXIT_CODES.usage,
      diagnostic: {
        code: 'RC6001',
        severity: 'error',
        message: 'no such model',
        hint: 'raftcheck --help',
      },
    });
  });

  test.each([
    [['chek', 'run.ndjson'], 'raftcheck --help'],
    [['--json', 'check'], 'raftcheck --help'],
    [['model', 'check'], 'raftcheck model --help'],
    [['tlc', 'instal'], 'raftcheck tlc --help'],
    [['tlc', 'install', 'x'], 'raftcheck tlc install --help'],
  ])('the hint to wrong usage is the help of what was called: %j', (args, hint) => {
    expect(describeFailure(usageError('no'), args)).toMatchObject({ diagnostic: { hint } });
  });

  test('a hint of its own stays', () => {
    const error = new CodedError('RC6001', 'no', { hint: 'name a folder' });
    expect(describeFailure(error, ['check'])).toMatchObject({ diagnostic: { hint: 'name a folder' } });
  });

  test.each([
    [0, 'commander.version'],
    [0, 'commander.helpDisplayed'],
    [1, 'commander.help'],
  ])('there is nothing to say after %i %s', (exitCode, code) => {
    expect(describeFailure(new CommanderError(exitCode, code, '(outputHelp)'))).toEqual({
      exitCode: EXIT_CODES.ok,
    });
  });

  test('output that cannot be written is no fault of raftcheck', () => {
    const error = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'write' });
    const failure = describeFailure(error);
    expect(failure).toMatchObject({ exitCode: EXIT_CODES.toolFailed, diagnostic: { code: 'RC5012' } });
    expect(failure.stack).toBeUndefined();
  });

  test('anything else is our own fault and never looks like a rejection', () => {
    expect(describeFailure(new TypeError('x is undefined'))).toMatchObject({
      exitCode: EXIT_CODES.toolFailed,
      diagnostic: { code: 'RC5001' },
    });
    expect(describeFailure('a string')).toMatchObject({ exitCode: EXIT_CODES.toolFailed });
  });
});
