import type { Account } from '../compile/account.ts';
import { EvaluationError } from '../values/evaluation-error.ts';

/**
 * The innermost formula on which it rests that a formula is TRUE or FALSE: of a conjunction that is FALSE the first
 * conjunct that is, and what that rests on. Where all parts together make the value, such as the disjuncts that are all
 * FALSE, it is the whole: no one of them was needed by itself. An operator whose whole body it is, is told by its name.
 */
export function reasonOf(account: Account, holds: boolean): Account {
  try {
    return decisivePart(account, holds) ?? account;
  } catch (error) {
    // A part that cannot be evaluated says nothing.
    if (error instanceof EvaluationError) return account;
    throw error;
  }
}

function decisivePart(account: Account, holds: boolean): Account | undefined {
  switch (account.form) {
    case 'all':
      return holds ? onlyPart(account, holds) : partWith(account, false);
    case 'any':
      return holds ? partWith(account, true) : onlyPart(account, holds);
    case 'not':
      return onlyPart(account, !holds);
    case 'implies':
      return partOfImplication(account, holds);
    case 'choice':
      return partOfChoice(account, holds);
    case 'call':
      return partOfCall(account, holds);
    case 'inside':
      return onlyPart(account, holds);
    case 'plain':
      return undefined;
  }
}

/** The first of the parts with that value; of \A the first element for which it is FALSE. */
function partWith(account: Account, wanted: boolean): Account | undefined {
  for (const part of account.inner()) if (part.holds() === wanted) return reasonOf(part, wanted);
  return undefined;
}

function onlyPart(account: Account, holds: boolean): Account | undefined {
  const [first, second] = account.inner();
  return first === undefined || second !== undefined ? undefined : reasonOf(first, holds);
}

/** `a => b` is FALSE where b is, and TRUE where a is FALSE or b TRUE. */
function partOfImplication(account: Account, holds: boolean): Account | undefined {
  const [left, right] = account.inner();
  if (left === undefined || right === undefined) return undefined;
  return holds && !left.holds() ? reasonOf(left, false) : reasonOf(right, holds);
}

/** The arm that was chosen; where that is TRUE or FALSE as it is written, the condition that chose it. */
function partOfChoice(account: Account, holds: boolean): Account | undefined {
  const parts = [...account.inner()];
  const arm = parts.pop();
  const condition = parts.pop();
  if (arm?.site.expression.kind !== 'boolean') return arm && reasonOf(arm, holds);
  return condition && reasonOf(condition, condition.holds());
}

function partOfCall(account: Account, holds: boolean): Account | undefined {
  const [body] = account.inner();
  if (body === undefined) return undefined;
  const reason = reasonOf(body, holds);
  const isWholeBody = reason === body && body.form !== 'plain';
  return isWholeBody ? undefined : reason;
}
