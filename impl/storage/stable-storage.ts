import * as fs from 'node:fs';
import { dirname } from 'node:path';
import type { Entry, Server, Term } from '../../traces/trace-format.ts';
import { decodeRecord, encodeRecord, type WriteRecord } from './record.ts';
import { StorageError } from './storage-error.ts';

/** What a server finds on its disk when it starts. */
export interface DurableState {
  readonly currentTerm: Term;
  readonly votedFor: Server | null;
  readonly log: readonly Entry[];
  /** How many writes there are on the disk, counted from the server's first start. */
  readonly writes: number;
}

/** The calls that storage makes after it was opened; a test passes some that fail. */
export interface FileCalls {
  readonly write: (fd: number, bytes: Buffer) => number;
  readonly sync: (fd: number, done: (error: Error | null) => void) => void;
}

const FILE_CALLS: FileCalls = {
  write: (fd, bytes) => fs.writeSync(fd, bytes),
  sync: (fd, done) => fs.fdatasync(fd, done),
};

/** The first bytes of the file: a file of another kind, or of a later version, is not read as an empty log. */
const MAGIC = Buffer.from('raftlog1');

/**
 * A server's stable storage: one append-only file, one checksummed record for each write. `append` hands a write
 * to the kernel, `sync` makes all that was appended durable. There is no compaction: the file grows until the
 * server is retired.
 */
export class StableStorage {
  readonly #path: string;
  readonly #fd: number;
  readonly #calls: FileCalls;
  #appended: number;
  #failure: StorageError | undefined;

  private constructor(path: string, fd: number, calls: FileCalls, appended: number) {
    this.#path = path;
    this.#fd = fd;
    this.#calls = calls;
    this.#appended = appended;
  }

  /**
   * Opens the file, or creates it, and recovers what the last crash left: the longest sequence of whole records. A
   * torn tail is cut off, and what remains is synced before anybody relies on it, for a record that survived in
   * the page cache may never have reached the disk.
   *
   * @throws StorageError RC5201 if the file is damaged elsewhere than in its torn tail, RC5202 if the disk fails
   */
  static open(path: string, calls: FileCalls = FILE_CALLS): [StableStorage, DurableState] {
    let fd: number | undefined;
    try {
      fd = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT | fs.constants.O_APPEND);
      const { state, end } = recover(fs.readFileSync(path), path);
      fs.ftruncateSync(fd, end);
      if (end === 0) fs.writeSync(fd, MAGIC);
      fs.fsyncSync(fd);
      syncFolder(dirname(path));
      return [new StableStorage(path, fd, calls, state.writes), state];
    } catch (error) {
      if (fd !== undefined) fs.closeSync(fd);
      if (error instanceof StorageError) throw error;
      throw new StorageError('RC5202', `cannot open stable storage: ${String(error)}`, path, error);
    }
  }

  /** The number that the next record must bear. */
  get nextNumber(): number {
    return this.#appended + 1;
  }

  /**
   * Hands a write to the kernel. It survives the death of the process from now on, that of the machine only after
   * `sync`.
   *
   * @throws StorageError RC5202, after which the storage refuses everything
   */
  append(record: WriteRecord): void {
    this.#refuseAfterFailure();
    if (record.number !== this.nextNumber) {
      throw new Error(`write ${record.number} handed to storage, where ${this.nextNumber} comes next`);
    }
    this.#write(encodeRecord(record));
    this.#appended = record.number;
  }

  /** Hands over the first half of a record and no more: what a crash in the middle of `append` leaves. */
  appendTorn(record: WriteRecord): void {
    const bytes = encodeRecord(record);
    this.#write(bytes.subarray(0, bytes.length >> 1));
  }

  /**
   * Makes everything that was appended before this call durable.
   *
   * @returns the number of the last durable write
   * @throws StorageError RC5202, after which the storage refuses everything: once fsync has failed the kernel may
   *   have dropped the pages, and a second fsync that succeeds says nothing about them
   */
  async sync(): Promise<number> {
    this.#refuseAfterFailure();
    const upTo = this.#appended;
    return new Promise((resolve, reject) => {
      this.#calls.sync(this.#fd, (error) => {
        if (error === null) resolve(upTo);
        else reject(this.#fail(error));
      });
    });
  }

  close(): void {
    fs.closeSync(this.#fd);
  }

  #write(bytes: Buffer): void {
    let written = 0;
    try {
      while (written < bytes.length) written += this.#calls.write(this.#fd, bytes.subarray(written));
    } catch (error) {
      throw this.#fail(error);
    }
  }

  #fail(error: unknown): StorageError {
    this.#failure = new StorageError('RC5202', `stable storage failed: ${String(error)}`, this.#path, error);
    return this.#failure;
  }

  #refuseAfterFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}

/** The state that a file's records add up to, and where the last whole one ends. */
function recover(file: Buffer, path: string): { readonly state: DurableState; readonly end: number } {
  let currentTerm: Term = 0;
  let votedFor: Server | null = null;
  const log: Entry[] = [];
  let writes = 0;
  const magic = file.subarray(0, MAGIC.length);
  if (!magic.equals(MAGIC.subarray(0, magic.length))) {
    throw new StorageError('RC5201', `not a log of raftcheck: ${path}`, path);
  }
  let end = file.length < MAGIC.length ? 0 : MAGIC.length;
  while (end >= MAGIC.length) {
    const decoded = decodeRecord(file, end);
    if (decoded.kind === 'torn') break;
    if (decoded.kind === 'damaged') {
      throw new StorageError('RC5201', `${decoded.reason}, after ${writes} writes, at byte ${end}`, path);
    }
    const { record } = decoded;
    if (record.number !== writes + 1 || record.keep > log.length) {
      throw new StorageError(
        'RC5201',
        `write ${record.number} cannot follow write ${writes}, at byte ${end}`,
        path,
      );
    }
    ({ currentTerm, votedFor } = record);
    log.length = record.keep;
    for (const entry of record.append) log.push(entry);
    writes = record.number;
    end = decoded.end;
  }
  return { state: { currentTerm, votedFor, log, writes }, end };
}

/** A new file's name is durable once its folder is. */
function syncFolder(folder: string): void {
  const fd = fs.openSync(folder, fs.constants.O_RDONLY);
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
