/**
 * TLC's `-tool` mode frames what it says: `@!@!@STARTMSG code:severity @!@!@`, lines, `@!@!@ENDMSG code @!@!@`.
 * What stands outside of a frame comes from SANY or from the spec itself (Print). The codes are those of
 * tlc2.output.EC.
 */

/** A framed message. */
export interface TlcMessage {
  readonly code: number;
  /** 0 none, 1 error, 2 bug of TLC, 3 warning, 4 a state. */
  readonly severity: number;
  readonly text: string;
}

/** The codes of EC that raftcheck reads. */
export const TLC_CODE = {
  initialStateFailed: 2102,
  assumptionFalse: 2104,
  invariantViolatedInitially: 2107,
  propertyViolatedInitially: 2108,
  successorIncomplete: 2109,
  invariantViolated: 2110,
  actionPropertyViolated: 2112,
  deadlock: 2114,
  temporalPropertyViolated: 2116,
  invariantEvaluationFailed: 2111,
  backToState: 2122,
  stuttering: 2218,
  expressionPositions: 2103,
  depth: 2194,
  counts: 2199,
  progress: 2200,
  state: 2217,
  sanyStart: 2220,
  sanyEnd: 2219,
  version: 2262,
  success: 2193,
  general: 1000,
} as const;

const START = /^@!@!@STARTMSG (\d+):(\d+) @!@!@$/;
const INNER_START = /:? ?@!@!@STARTMSG \d+:\d+ @!@!@\n?/g;
const END = /^@!@!@ENDMSG (\d+) @!@!@$/;

/** Who wants to hear what TLC says. */
export interface TlcListener {
  onMessage(message: TlcMessage): void;
  /** A line outside of any frame. */
  onLine(line: string): void;
}

/** Takes TLC's output in pieces of any size and tells it message by message. */
export class TlcMessageParser {
  readonly #listener: TlcListener;
  readonly #open: { code: number; severity: number; lines: string[] }[] = [];
  #rest = '';

  constructor(listener: TlcListener) {
    this.#listener = listener;
  }

  /** Takes the next piece of the output. */
  write(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#takeLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  }

  /** Takes what is left when the output ends; a frame that was not closed is told as it stands. */
  end(): void {
    if (this.#rest !== '') this.#takeLine(this.#rest);
    this.#rest = '';
    while (this.#open.length > 0) this.#close();
  }

  #takeLine(line: string): void {
    const start = START.exec(line);
    if (start !== null) {
      this.#open.push({ code: Number(start[1]), severity: Number(start[2]), lines: [] });
      return;
    }
    const end = END.exec(line);
    if (end !== null) {
      // An exception's text may carry a frame whose start is not at the start of a line: only its end looks like one.
      if (this.#open.at(-1)?.code === Number(end[1])) this.#close();
    } else {
      const message = this.#open.at(-1);
      if (message === undefined) this.#listener.onLine(line);
      else message.lines.push(line);
    }
  }

  #close(): void {
    const message = this.#open.pop();
    if (message === undefined) return;
    const { code, severity, lines } = message;
    const text = lines.join('\n').replaceAll(INNER_START, '').trim();
    const around = this.#open.at(-1);
    // TLC puts what it says of a cause, framed, into the text of the message about it.
    if (around === undefined) this.#listener.onMessage({ code, severity, text });
    else around.lines.push(text);
  }
}
