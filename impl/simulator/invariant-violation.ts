import type { Server } from '../../traces/trace-format.ts';

/** A property of Figure 3, or a local one, that a run has violated. */
export class InvariantViolation extends Error {
  readonly property: string;
  readonly server: Server;

  constructor(property: string, server: Server, message: string) {
    super(`${property} is violated on ${server}: ${message}`);
    this.name = 'InvariantViolation';
    this.property = property;
    this.server = server;
  }
}

/** @throws InvariantViolation always */
export function fail(property: string, server: Server, message: string): never {
  throw new InvariantViolation(property, server, message);
}

/** Runs this; what it violates, if it does. */
export function catchViolation(run: () => void): InvariantViolation | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof InvariantViolation) return error;
    throw error;
  }
}
