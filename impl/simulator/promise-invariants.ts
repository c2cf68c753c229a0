import type { AppendEntriesResponse, Message, Server, Term } from '../../traces/trace-format.ts';
import { isQuorum } from '../raft/configuration.ts';
import type { ServerState } from '../raft/state.ts';
import { fail } from './invariant-violation.ts';
import type { SimulatedDisk } from './simulated-disk.ts';

interface DurableVote {
  readonly term: Term;
  readonly vote: Server | null;
}

/**
 * What a server promises by a message is on its disk when the message leaves, and stays there: the durability
 * properties of spec/raft/RaftProperties.tla, and that elections are won by votes which were given. They find a bug
 * long before two leaders or a lost entry show it.
 *
 * @throws InvariantViolation from the step that breaks one
 */
export class PromiseInvariants {
  readonly #durable = new Map<Server, DurableVote>();
  /** For a term, to whom each server has promised its vote. */
  readonly #votes = new Map<Term, Map<Server, Server>>();

  /** These messages leave now. */
  sent(state: ServerState, disk: SimulatedDisk, messages: readonly Message[]): void {
    for (const message of messages) {
      switch (message.type) {
        case 'RequestVoteRequest':
          this.#promisesVote('CandidateVoteIsDurable', disk, message.from, message.from, message.term);
          break;
        case 'RequestVoteResponse':
          if (!message.voteGranted) break;
          this.#promisesVote('GrantedVoteIsDurable', disk, message.from, message.to, message.term);
          break;
        case 'AppendEntriesResponse':
          if (message.success) acknowledges(state, disk, message);
          break;
        case 'AppendEntriesRequest':
          break;
      }
    }
  }

  /** "Each server will vote for at most one candidate in a given term" (section 5.2), whatever becomes of its disk. */
  #promisesVote(property: string, disk: SimulatedDisk, voter: Server, candidate: Server, term: Term): void {
    const isDurable = disk.currentTerm > term || (disk.currentTerm === term && disk.votedFor === candidate);
    if (!isDurable) fail(property, voter, `its vote for ${candidate} in term ${term} is not on its disk`);
    let votes = this.#votes.get(term);
    if (votes === undefined) {
      votes = new Map();
      this.#votes.set(term, votes);
    }
    const earlier = votes.get(voter);
    if (earlier !== undefined && earlier !== candidate) {
      fail('OneVotePerTerm', voter, `it votes for ${earlier} and for ${candidate} in term ${term}`);
    }
    votes.set(voter, candidate);
  }

  /** "A candidate wins an election if it receives votes from a majority of the servers" (section 5.2). */
  elected({ setup, currentTerm }: ServerState): void {
    const { server, configuration } = setup;
    const voters = [...(this.#votes.get(currentTerm) ?? [])].filter(([, candidate]) => candidate === server);
    const supporters = new Set([server, ...voters.map(([voter]) => voter)]);
    if (!isQuorum(supporters, configuration)) {
      fail('ElectedByQuorum', server, `only ${[...supporters]} voted for it in term ${currentTerm}`);
    }
  }

  /** The disk has taken writes. */
  persisted(server: Server, { currentTerm, votedFor }: SimulatedDisk): void {
    this.#holds(server, { term: currentTerm, vote: votedFor });
  }

  /** The server has come back with what it read from its disk. */
  restarted({ setup, currentTerm, votedFor }: ServerState): void {
    this.#holds(setup.server, { term: currentTerm, vote: votedFor });
  }

  #holds(server: Server, after: DurableVote): void {
    const before = this.#durable.get(server) ?? { term: 0, vote: null };
    if (after.term < before.term) {
      fail('TermMonotone', server, `the term on its disk fell from ${before.term} to ${after.term}`);
    }
    if (after.term === before.term && before.vote !== null && after.vote !== before.vote) {
      fail('DurableVoteStays', server, `its vote for ${before.vote} in term ${after.term} is gone`);
    }
    this.#durable.set(server, after);
  }
}

/** A leader of a later term may have replaced the entry since; one of the same term never does. */
function acknowledges(state: ServerState, disk: SimulatedDisk, response: AppendEntriesResponse): void {
  const { from, term, matchIndex } = response;
  if (term !== state.currentTerm || matchIndex === 0) return;
  const kept = disk.log[matchIndex - 1];
  if (kept === undefined || kept.term !== state.log[matchIndex - 1]?.term) {
    fail('AcknowledgedIsDurable', from, `entry ${matchIndex} is acknowledged and not on its disk`);
  }
}
