/** A cluster that cannot go on, or could not be started; its code is one of docs/diagnostics.md. */
export class ClusterError extends Error {
  readonly code: string;
  readonly file: string | undefined;

  constructor(code: string, message: string, file?: string) {
    super(message);
    this.name = 'ClusterError';
    this.code = code;
    this.file = file;
  }
}
