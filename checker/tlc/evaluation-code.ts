import { TLC_CODE } from './tlc-messages.ts';
import type { TlcComplaint } from './tlc-report.ts';

/** Which code says what TLC could not evaluate. */
export function evaluationCode([complaint]: readonly TlcComplaint[]): 'RC1871' | 'RC1903' {
  return complaint !== undefined && isIncompleteState(complaint) ? 'RC1871' : 'RC1903';
}

/** Whether it is about an initial state or a successor in which a variable has no value. */
function isIncompleteState({ code, message }: TlcComplaint): boolean {
  if (code === TLC_CODE.successorIncomplete) return true;
  return code === TLC_CODE.initialStateFailed && message.startsWith('current state is not a legal state');
}
