import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ACTIONS } from './actions.ts';
import { openRecording } from './open-recording.ts';
import { REMEMBERED_EVENTS } from './sent-messages.ts';

const page = readFileSync(new URL('../docs/trace-format.md', import.meta.url), 'utf8');

test('the example on the page is a trace', async () => {
  const example = page.split('```json\n')[1]?.split('```')[0] ?? '';
  async function* stdin() {
    yield Buffer.from(example);
  }
  const recording = await openRecording({ path: '-', kind: 'merged', files: ['-'] }, { stdin: stdin() });
  let events = 0;
  for await (const batch of recording.events) events += batch.length;
  expect(events).toBe(4);
  expect(recording.ending().cutOff).toEqual([]);
});

test('the page has every action with its meaning and what it receives and sends', () => {
  for (const [action, shape] of Object.entries(ACTIONS)) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${action}\` | ${shape.meaning} |`));
    expect(row, action).toBeDefined();
    if ('receives' in shape) expect(row).toContain(`\`message\`: ${shape.receives}`);
    if ('sends' in shape) expect(row).toContain(`\`sends\`: one ${shape.sends}`);
  }
});

test('the page says how long messages are remembered', () => {
  expect(page).toContain(`for ${REMEMBERED_EVENTS.toLocaleString('en-US')} events`);
});
