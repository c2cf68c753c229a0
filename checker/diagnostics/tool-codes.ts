import type { CodeTable } from './code-table.ts';

/** RC5xxx: a tool that was needed is missing or failed, or raftcheck itself is at fault. */
export const TOOL_CODES = {
  RC5001: {
    title: 'internal error',
    explanation:
      'raftcheck ran into a state that its authors did not foresee. No verdict was reached. Please report it with ' +
      'the command line and the stack that was printed.',
  },
  RC5010: {
    title: 'engines contradict each other',
    explanation:
      'The native engine and TLC come to different verdicts, or reject different events; or replay rejects an event that one ' +
      'of them accepts. Native and TLC decide the same question, and replay may be weaker than the spec, never stronger: ' +
      'so an engine is wrong, and the trace may be right. What each engine said is kept; please report it.',
  },
  RC5011: {
    title: 'no engine ran',
    explanation: 'None of the engines that were asked for could run, so nothing is known about the trace.',
  },
  RC5012: {
    title: 'the output cannot be written',
    explanation:
      'The result, or a file that was asked for, could not be written: the disk is full, or it failed. Whatever the verdict ' +
      'is, it did not get out, so the exit code is not that of the verdict. Make room, or send the output elsewhere.',
  },
  RC5002: {
    title: 'Java is missing or too old',
    explanation:
      'TLC runs on Java 11 or newer, and raftcheck found none: neither in JAVA_HOME nor on the path. Install a Java ' +
      'runtime; `raftcheck doctor` shows what is found. Without Java the replay engine still works.',
  },
  RC5003: {
    title: 'no such TLC jar',
    explanation:
      'A flag or the environment variable RAFTCHECK_TLC_JAR names a file that is not there, or that holds no TLC. raftcheck does not fall ' +
      'back to another TLC than the one that was asked for.',
  },
  RC5004: {
    title: 'the cached TLC jar was changed',
    explanation:
      'The jar in the cache does not have the hash with which it was installed. Remove it and install it again.',
  },
  RC5005: {
    title: 'TLC cannot be fetched',
    explanation:
      'There is no TLC in the cache, and neither the official release nor Maven could be reached, or what came did not ' +
      'have the right hash. Fetch the jar elsewhere and name it with RAFTCHECK_TLC_JAR.',
  },
  RC5006: {
    title: 'TLC failed',
    explanation:
      'TLC ended in a way that is no verdict: it crashed, ran out of memory, or printed what raftcheck does not ' +
      'understand. The message carries what TLC said.',
  },
  RC5007: {
    title: 'the manifest contradicts the spec',
    explanation:
      'A model did not give the counts or the verdict that its manifest promises, or a mutant of the spec was not ' +
      'caught. Either the spec was changed and the manifest was not, or the change broke something.',
  },
  RC5008: {
    title: 'a mutant of the spec does not apply',
    explanation:
      'The text that a mutant replaces does not occur exactly once in the spec. A mutant that no longer applies proves ' +
      'nothing: adapt it to the changed spec.',
  },
  RC5009: {
    title: 'a recording was cut at a wrong state',
    explanation:
      'TLC walks a long recording in parts, from states that the replay engine supplied, and one part did not end where ' +
      'the next one started. Nothing follows for the trace: the fault is in raftcheck. The generated modules were kept.',
  },
} as const satisfies CodeTable;
