import { itemAt } from '../values/item-at.ts';
import type { Automaton, AutomatonNode } from './automaton.ts';
import type { BehaviourGraph } from './behaviour-graph.ts';

/** There is no such step: the state does not agree with what the automaton says of it. */
export const NO_NODE = -1;

/**
 * The behaviours of a graph that an automaton follows: its nodes are pairs of a state and a node of the automaton, and
 * each step takes a step in both.
 */
export class Product {
  readonly graph: BehaviourGraph;
  readonly automaton: Automaton;
  readonly #width: number;

  constructor(graph: BehaviourGraph, automaton: Automaton) {
    this.graph = graph;
    this.automaton = automaton;
    this.#width = automaton.nodes.length;
  }

  get size(): number {
    return this.graph.size * this.#width;
  }

  initialNodes(): readonly number[] {
    const nodes: number[] = [];
    for (let state = 0; state < this.graph.initialCount; state += 1) {
      for (const at of this.automaton.initial) nodes.push(state * this.#width + at);
    }
    return nodes;
  }

  stateOf(node: number): number {
    return Math.floor(node / this.#width);
  }

  follows(node: number): AutomatonNode {
    return itemAt(this.automaton.nodes, node % this.#width);
  }

  /** How many steps are to be tried from a node. */
  degree(node: number): number {
    return this.graph.edgeCount(this.stateOf(node)) * this.follows(node).successors.length;
  }

  /** The edge of the graph that a step goes along. */
  edge(node: number, step: number): number {
    const fan = this.follows(node).successors.length;
    return this.graph.firstEdge(this.stateOf(node)) + Math.floor(step / fan);
  }

  /** Where a step leads, or NO_NODE. */
  target(node: number, step: number): number {
    const { literals, successors } = this.follows(node);
    const state = this.stateOf(node);
    const edge = this.edge(node, step);
    for (const literal of literals) if (!this.graph.satisfies(literal, state, edge)) return NO_NODE;
    return this.graph.target(edge) * this.#width + itemAt(successors, step % successors.length);
  }
}
