import { expect, test } from 'vitest';
import { fileOf } from './cli.ts';
import { COMMANDS } from './index.ts';

test.each(Object.entries(COMMANDS))('%s is in the file that is loaded for it', async (id, command) => {
  const loaded: unknown = await import(`./${fileOf(id.split(':')[0])}.ts`);
  expect(loaded).toMatchObject({ COMMANDS: { [id]: command } });
});

test.each(['check', 'model', 'simulate'])('%s is loaded alone', async (command) => {
  expect(await import(`./${fileOf(command)}.ts`)).toMatchObject({
    COMMANDS: { [command]: expect.anything() },
  });
  expect(fileOf(command)).toBe(command);
});

test.each([undefined, '--help', 'failure', 'toString'])('for %s all commands are loaded', (word) => {
  expect(fileOf(word)).toBe('index');
});
