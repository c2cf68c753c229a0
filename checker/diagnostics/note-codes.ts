import type { CodeTable } from './code-table.ts';

/** RC7xxx: what a verdict rests on. A note never changes a verdict or an exit code. */
export const NOTE_CODES = {
  RC7001: {
    title: 'variables not observed',
    explanation:
      "The trace's header leaves these variables out of `observed`, so no recorded value of theirs was compared. " +
      'The engines carried them as the spec computes them.',
  },
  RC7002: {
    title: 'initial state assumed',
    explanation:
      'The recording starts in mid-life: the state in `initial` was taken as it stands, and so were messages that ' +
      'were in flight at that time.',
  },
  RC7003: {
    title: 'unrecorded servers',
    explanation: 'These servers recorded nothing. Whatever the others received from them was taken as sent.',
  },
  RC7004: {
    title: 'recording cut off',
    explanation:
      'A file has no end line, or is an archive that ends in its midst: the recording was cut off. What is there was ' +
      'judged, no more.',
  },
  RC7006: {
    title: 'replay does not apply',
    explanation:
      "The check is against a user's own spec (--spec). Replay's rules are written after raftcheck's own spec, so it would " +
      'judge by another one; the verdict is that of the other engines.',
  },
  RC7005: {
    title: 'an engine did not run',
    explanation:
      'An engine that would have run is not there, or there was nothing for it to judge, as the recording was not read to its ' +
      'end. The verdict is that of the others alone.',
  },
  RC7007: {
    title: 'variables left out by single events',
    explanation:
      'So many events name these variables in their own `unobserved`, so after these events no recorded value of theirs ' +
      'was compared. A `nextIndex` that is left out is not compared until an event shows it again.',
  },
} as const satisfies CodeTable;
