import { VARIABLES } from '../../traces/actions.ts';
import type { FollowEnd } from '../../traces/follower.ts';
import type { Ending, Recording } from '../../traces/recording.ts';
import type { Header } from '../../traces/trace-format.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { UnobservedInEvents } from './unobserved-in-events.ts';

/** What a verdict on this recording rests on besides its events: to be said beside every verdict. */
export function recordingNotes(
  { header }: Recording,
  leftOut: UnobservedInEvents,
  ending: Ending | undefined,
  followed?: FollowEnd,
): readonly Diagnostic[] {
  return [
    ...unobservedNote(header),
    ...leftOutNote(header, leftOut),
    ...assumptionNotes(header),
    ...cutOffNote(ending, followed),
  ];
}

function unobservedNote({ observed }: Header): readonly Diagnostic[] {
  const missing = VARIABLES.filter((variable) => !observed.includes(variable));
  if (missing.length === 0) return [];
  return [note('RC7001', `not observed, so not compared: ${missing.join(', ')}`)];
}

function leftOutNote({ observed }: Header, { counts }: UnobservedInEvents): readonly Diagnostic[] {
  const told = counts.filter(({ variable }) => observed.includes(variable));
  if (told.length === 0) return [];
  const list = told.map(({ variable, events }) => `${variable} (in ${events.toLocaleString('en-US')})`);
  return [note('RC7007', `left out by single events, so not compared there: ${list.join(', ')}`)];
}

function assumptionNotes({ initial, unrecorded }: Header): readonly Diagnostic[] {
  return [
    ...(initial === undefined
      ? []
      : [
          note(
            'RC7002',
            `assumed, not checked: the state of ${Object.keys(initial).join(', ')} at the start`,
          ),
        ]),
    ...(unrecorded === undefined || unrecorded.length === 0
      ? []
      : [
          note(
            'RC7003',
            `assumed, not checked: all that ${unrecorded.join(', ')} sent, for ${unrecorded.length === 1 ? 'it' : 'they'} recorded nothing`,
          ),
        ]),
  ];
}

const WHY_OVER: Readonly<Record<FollowEnd, string>> = {
  interrupted: 'it was followed until it was interrupted; ',
  idle: 'it was followed until nothing was written any more; ',
  closed: '',
};

function cutOffNote(ending: Ending | undefined, followed: FollowEnd = 'closed'): readonly Diagnostic[] {
  if (ending === undefined || ending.cutOff.length === 0) return [];
  const reasons = ending.cutOff.map((file) =>
    ending.truncatedArchives?.includes(file) === true
      ? `${file} is an archive that ends in its midst`
      : `${file} has no end line`,
  );
  return [
    note('RC7004', `cut off, so only what is there was judged: ${WHY_OVER[followed]}${reasons.join(', ')}`),
  ];
}

function note(code: string, message: string): Diagnostic {
  return { code, severity: 'note', message };
}
