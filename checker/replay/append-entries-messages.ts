import type { AppendEntriesRequest, AppendEntriesResponse } from '../../traces/trace-format.ts';
import { holds } from './log-tree.ts';
import { entriesBetween, lastIndex, nodeAt, type ServerState } from './state.ts';
import { createsOther, type Violation } from './violation.ts';

/** `AppendEntriesRequest`: whether the request says what the leader's term, log and commitIndex say. */
export function isAppendEntriesRequest(
  server: ServerState,
  request: AppendEntriesRequest,
): Violation | undefined {
  const { from, term, prevLogIndex, prevLogTerm, entries, leaderCommit } = request;
  const end = prevLogIndex + entries.length;
  if (end > lastIndex(server)) {
    return {
      code: 'RC2007',
      conjunct: 'AppendEntries.guard.entries',
      message: `the request reaches to entry ${end}, and the log of ${server.name} to ${lastIndex(server)}`,
      variable: 'sends[0].prevLogIndex + entries',
      recorded: end,
      allowed: `up to ${lastIndex(server)}`,
    };
  }
  if (leaderCommit > server.commitIndex) {
    return {
      code: 'RC2008',
      conjunct: 'AppendEntries.guard.commit',
      message: `leaderCommit is ${leaderCommit}, and commitIndex of ${server.name} is ${server.commitIndex}`,
      variable: 'sends[0].leaderCommit',
      recorded: leaderCommit,
      allowed: `0 to ${server.commitIndex}`,
    };
  }
  if (from !== server.name) {
    return createsOther('AppendEntries.sends.from', request, 'from', server.name, from);
  }
  if (term !== server.currentTerm) {
    return createsOther('AppendEntries.sends.term', request, 'term', server.currentTerm, term);
  }
  const ownPrevTerm = nodeAt(server, prevLogIndex).term;
  if (prevLogTerm !== ownPrevTerm) {
    return createsOther('AppendEntries.sends.prevLogTerm', request, 'prevLogTerm', ownPrevTerm, prevLogTerm);
  }
  let index = prevLogIndex;
  for (const entry of entries) {
    index += 1;
    if (holds(nodeAt(server, index), entry)) continue;
    const expected = entriesBetween(server, prevLogIndex, end);
    return createsOther('AppendEntries.sends.entries', request, 'entries', expected, entries);
  }
  return undefined;
}

/** `AppendEntriesResponse`: whether the response says what the follower's state and the request say. */
export function isAppendEntriesResponse(
  server: ServerState,
  message: AppendEntriesRequest,
  response: AppendEntriesResponse,
  accepts: boolean,
): Violation | undefined {
  if (response.from !== server.name) {
    return createsOther(
      'HandleAppendEntriesRequest.sends.from',
      response,
      'from',
      server.name,
      response.from,
    );
  }
  if (response.to !== message.from) {
    return createsOther('HandleAppendEntriesRequest.sends.to', response, 'to', message.from, response.to);
  }
  const term = Math.max(message.term, server.currentTerm);
  if (response.term !== term) {
    return createsOther('HandleAppendEntriesRequest.sends.term', response, 'term', term, response.term);
  }
  if (response.success !== accepts) {
    const label = 'HandleAppendEntriesRequest.sends.success';
    return {
      ...createsOther(label, response, 'success', accepts, response.success),
      allowed: whyThatAnswer(server, message),
    };
  }
  const match = accepts ? message.prevLogIndex + message.entries.length : 0;
  if (response.matchIndex === match) return undefined;
  const label = 'HandleAppendEntriesRequest.sends.matchIndex';
  return createsOther(label, response, 'matchIndex', match, response.matchIndex);
}

function whyThatAnswer(server: ServerState, message: AppendEntriesRequest): string {
  const { term, prevLogIndex, prevLogTerm } = message;
  if (term < server.currentTerm) {
    return `to refuse: the request is of term ${term}, the server in term ${server.currentTerm}`;
  }
  if (prevLogIndex === 0) return 'to accept: prevLogIndex 0 is before the first entry, and always matches';
  if (prevLogIndex > lastIndex(server)) {
    return `to refuse: the log ends at ${lastIndex(server)}, before prevLogIndex ${prevLogIndex}`;
  }
  const own = nodeAt(server, prevLogIndex).term;
  return own === prevLogTerm
    ? `to accept: the log has an entry of term ${own} at prevLogIndex ${prevLogIndex}`
    : `to refuse: entry ${prevLogIndex} is of term ${own}, and prevLogTerm is ${prevLogTerm}`;
}
