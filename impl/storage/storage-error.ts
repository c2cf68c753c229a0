/** RC5201: what is on the disk is damaged. RC5202: the disk refuses to read, write or sync. */
export type StorageErrorCode = 'RC5201' | 'RC5202';

/**
 * Stable storage that can no longer be relied on. A server that meets it stops: whatever it promised from here on
 * might be forgotten.
 */
export class StorageError extends Error {
  readonly code: StorageErrorCode;
  readonly file: string;

  constructor(code: StorageErrorCode, message: string, file: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'StorageError';
    this.code = code;
    this.file = file;
  }
}
