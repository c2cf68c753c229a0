import { expect, it } from 'vitest';
import { recordedValue } from './tlc-rejection.ts';
import { STORY, SUCCESS } from './trace-for-tests.ts';

it('shows a recorded message as the spec has messages, without its id', () => {
  const event = STORY.find(({ action }) => action === 'HandleAppendEntriesRequest');
  if (event === undefined) throw new Error('nobody takes entries');
  const { id: _, ...contents } = SUCCESS;
  expect(recordedValue(event, 'sends')).toEqual([contents]);
});
