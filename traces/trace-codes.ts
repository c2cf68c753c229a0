/** What is said about a code wherever codes are listed: a title without a full stop, an explanation in sentences. */
interface CodeDescription {
  readonly title: string;
  readonly explanation: string;
}

/** RC1xxx: the input is no trace of format version 1. Nothing is guessed: reading stops at the first fault. */
export const TRACE_CODES = {
  RC1001: {
    title: 'not JSON',
    explanation:
      'A line is not valid JSON. Every line of a trace, up to the last newline, is one JSON object; there are no empty ' +
      'lines and no byte order mark.',
  },
  RC1002: { title: 'not UTF-8', explanation: 'A line holds bytes that are not valid UTF-8.' },
  RC1003: { title: 'not an object', explanation: 'A line is valid JSON but not an object.' },
  RC1004: {
    title: 'line too long',
    explanation:
      'A line is longer than the limit (16 MiB), which keeps a file that is no trace from filling the memory. Split ' +
      'a large batch of entries over several AppendEntries, or record hashes instead of commands.',
  },
  RC1005: {
    title: 'no header',
    explanation:
      'The first line is not a header, or the file is empty. A header has `format`: "raftcheck-trace".',
  },
  RC1006: {
    title: 'unknown format or version',
    explanation:
      'The header names a format or a version that this raftcheck does not read; it reads version 1.',
  },
  RC1007: {
    title: 'does not fit the schema',
    explanation:
      'A line lacks a property, has one too many, or has a value of another shape than traces/trace.schema.json ' +
      'demands. The message names the place as a JSON pointer, and what was expected there.',
  },
  RC1008: {
    title: 'unknown protocol or feature',
    explanation: 'The header names a protocol or a feature for which this raftcheck has no spec.',
  },
  RC1009: {
    title: 'unknown action',
    explanation: "An event's action is none of the spec's. The table of actions is in docs/trace-format.md.",
  },
  RC1010: {
    title: 'unknown server',
    explanation: "A server is named that is not in the header's `servers`.",
  },
  RC1011: {
    title: 'event in the wrong file',
    explanation:
      'An event belongs to a server that this file does not record: the header names another `server`, or lists this ' +
      'one as `unrecorded`. Events of the network belong into merged traces.',
  },
  RC1012: {
    title: 'gap in seq',
    explanation:
      "A server's events are counted from 1 without gaps; a recording with `initial` may begin anywhere. A number is " +
      'missing, repeated or out of order, so events were lost or mixed up.',
  },
  RC1013: {
    title: 'header contradicts itself',
    explanation:
      'The header names servers as voters, unrecorded, initial or its own that `servers` does not list.',
  },
  RC1014: {
    title: 'variable is not observed',
    explanation:
      "An event gives a value to a variable that the header's `observed` leaves out, or that the event's own " +
      '`unobserved` exempts.',
  },
  RC1015: {
    title: 'value is not given whole',
    explanation:
      'nextIndex and matchIndex name every server but the own one, and no other; votesGranted is sorted and does not ' +
      'hold the server itself.',
  },
  RC1016: {
    title: 'not a natural number',
    explanation: 'A term, an index or a count is negative, has a fraction, or is no number at all.',
  },
  RC1017: {
    title: 'event is incomplete',
    explanation:
      'An event leaves out what its action has to tell here: a Restart gives every observed variable whole and its ' +
      'log with keep 0; commitIndex stands in `args` where it is not observed; a line of two actions gives every ' +
      'observed variable that both can change.',
  },
  RC1018: {
    title: 'actions cannot be one line',
    explanation:
      'A line of two actions names two that both receive, both send, or both take the same argument, or one action twice.',
  },
  RC1019: {
    title: 'second header',
    explanation:
      'A header stands in the middle of a file. A restarted server goes on in its file with a Restart event; another ' +
      'run goes into another file.',
  },
  RC1020: {
    title: 'wrong addressee',
    explanation:
      'A message is received by a server that it is not addressed to, sent in the name of another server, or ' +
      'addressed to its own sender.',
  },
  RC1021: {
    title: 'wrong message id',
    explanation:
      'The id of a message that is sent is not `server:seq.0` of the event that creates it; so an id can never be ' +
      'sent twice. The id of a message that is received begins with the name of its sender.',
  },
  RC1022: {
    title: 'receive without a send',
    explanation:
      'A message is received that no event has sent by then. In a merged trace the send stands before the receive. ' +
      'If the sender recorded nothing, list it in the header as `unrecorded`.',
  },
  RC1023: {
    title: 'contents differ',
    explanation:
      'A message was received with other contents than it was sent with. A network may lose and repeat, not alter.',
  },
  RC1024: {
    title: 'received before its release',
    explanation: 'A message that waited for a write was received before the Persist event that let it go.',
  },
  RC1025: {
    title: 'release of an unknown message',
    explanation: 'An event releases a message that its server never sent, or that was released before.',
  },
  RC1026: {
    title: 'network event about an unknown message',
    explanation: 'DropMessage or DuplicateMessage names a message that no event has sent by then.',
  },
  RC1027: {
    title: 'message is forgotten',
    explanation:
      'A message is received again so long after its send that the reader no longer knows its contents: what was sent ' +
      'and received is remembered for 65,536 events of its sender. What was not received is never forgotten.',
  },
  RC1028: {
    title: 'impossible initial state',
    explanation:
      'The state in `initial`, which is assumed and not checked by any event, breaks what every state of Raft keeps: of one server ' +
      '(commitIndex beyond the log, a term that falls along the log, a leader that did not vote for itself), of two (two leaders ' +
      'in one term, logs that differ and then have a term in common, logs that differ where one is committed, a matchIndex that ' +
      'the follower does not hold), or of a majority (a leader without its votes, a committed entry that a majority lacks). The message ' +
      'names it. What one header tells is taken as the state of one moment; of what several files tell only that is checked ' +
      'which holds between any two moments. What is not told breaks nothing. The recorder took the states of one header at ' +
      'different times, or under other names.',
  },
  RC1030: {
    title: 'line after the end',
    explanation: 'Something follows the end line, which must be the last.',
  },
  RC1031: {
    title: 'wrong number of events',
    explanation:
      'The end line counts other than the event lines that the file has: lines were lost or added.',
  },
  RC1032: {
    title: 'no events',
    explanation:
      'A trace without a single event shows nothing, so it is not accepted. In a folder with a file for each server this is ' +
      'said of all files together: a server that did nothing hides none of what the others did.',
  },
  RC1033: {
    title: 'event contradicts itself',
    explanation:
      'An event gives commitIndex both in `state` and in `args`, with two values. Where commitIndex is observed, `state` ' +
      'alone is enough.',
  },
  RC1034: {
    title: 'impossible message',
    explanation:
      'A message of a server that recorded nothing says what none says in any run of Raft: its term is 0, or it names the ' +
      'term of an entry at index 0, where there is none, or term 0 for an entry. The recorder wrote down something else ' +
      'than was received, or the sender is no Raft server.',
  },
  RC1040: {
    title: 'files of different runs',
    explanation: 'Only files whose headers name the same `run` are merged.',
  },
  RC1041: {
    title: 'two files of one server',
    explanation: 'Two files of a folder record the same server of the same run.',
  },
  RC1042: {
    title: 'headers disagree',
    explanation:
      'The files of one run disagree on the servers, the configuration, the features, the observed variables, the ' +
      'unrecorded servers or the initial state.',
  },
  RC1043: {
    title: 'no causal order',
    explanation:
      'The files of one run cannot be merged: each server waits for a message that another has not sent yet. A send ' +
      'is missing, or an event stands in the wrong place.',
  },
  RC1050: {
    title: 'damaged archive',
    explanation:
      'A gzip or zstd archive cannot be decompressed, its checksum does not fit, something else follows it, or it needs ' +
      'a window of more than 128 MiB. Nothing that was read from it can be relied on. An archive that merely ends too ' +
      'early is a recording that was cut off.',
  },
  RC1051: {
    title: 'not the archive that the name says',
    explanation:
      'A file is named .gz but is no gzip archive, or .zst but no zstd archive. What a file is, its first bytes say; a ' +
      'name that says otherwise is a mistake somewhere. Rename the file, or compress it.',
  },
  RC1052: {
    title: 'file changed while it was followed',
    explanation:
      'A file that `check --follow` reads was truncated, replaced, removed or written anew, so what was judged no longer ' +
      'stands there. A server that starts again may cut off a last line without a newline, no more.',
  },
} as const satisfies Readonly<Record<string, CodeDescription>>;

/** RC4xxx and RC6xxx: well-formed, but beyond what can be checked; and files that are not there. */
export const TRACE_LIMIT_CODES = {
  RC4101: {
    title: 'number beyond the limit',
    explanation:
      'A natural number is larger than 2147483647, the largest that TLC can compute with, or one that the spec ' +
      'computes from the trace is. The trace may well be a behaviour of the spec: it cannot be decided. Record indexes ' +
      'and terms relative to a smaller base.',
  },
  RC4102: {
    title: 'recording did not end in time',
    explanation:
      'The time budget (--budget) was over while standard input was waited for. What has come is no whole recording, so ' +
      'there is no verdict on it; --follow gives one on what is there.',
  },
  RC6101: {
    title: 'no trace there',
    explanation:
      'The path does not exist or cannot be read, or is a folder without any *.ndjson or *.jsonl file (or .gz, .zst ' +
      'of them), or standard input is named twice.',
  },
  RC6103: {
    title: 'not one run',
    explanation:
      '`check --follow` follows one run: a file, standard input, or a folder whose files say in their headers which ' +
      'server they record.',
  },
  RC6102: {
    title: 'trace cannot be written',
    explanation: 'The file that was to take the trace cannot be made there. Nothing was written.',
  },
} as const satisfies Readonly<Record<string, CodeDescription>>;

export type TraceCode = keyof typeof TRACE_CODES | keyof typeof TRACE_LIMIT_CODES;
