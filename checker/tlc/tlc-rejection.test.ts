import { expect, it } from 'vitest';
import { STORY, SUCCESS } from './recorded-run.fixture.ts';
import { recordedValue } from './tlc-rejection.ts';

it('shows a recorded message as the spec has messages, without its id', () => {
  const event = STORY.find(({ action }) => action === 'HandleAppendEntriesRequest');
  if (event === undefined) throw new Error('nobody takes entries');
  const { id: _, ...contents } = SUCCESS;
  expect(recordedValue(event, 'sends')).toEqual([contents]);
});
