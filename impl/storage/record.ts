import { crc32 } from 'node:zlib';
import type { Entry, Index, Server, Term } from '../../traces/trace-format.ts';

/**
 * One write of a server's persistent state (Figure 2): the new term and vote, up to which index the log stays and
 * what is appended there. A write is a record, whole or not there: term, vote and log never part ways in a crash.
 */
export interface WriteRecord {
  /** 1, 2, 3, ... without gaps over the life of the server, its restarts included. */
  readonly number: number;
  readonly currentTerm: Term;
  readonly votedFor: Server | null;
  readonly keep: Index;
  readonly append: readonly Entry[];
}

/** What stands at one place of the file. */
export type Decoded =
  | { readonly kind: 'record'; readonly record: WriteRecord; readonly end: number }
  /** The file ends here, or within a record: the process died while it wrote. */
  | { readonly kind: 'torn' }
  /** The bytes are there and are wrong: no crash of the process leaves that. */
  | { readonly kind: 'damaged'; readonly reason: string };

/** Length of the payload, checksum of the payload, checksum of these two: 4 bytes each. */
const HEADER_BYTES = 12;

/**
 * The bytes of a record: a header and the record as JSON. The header has a checksum of its own, because a damaged
 * length that points beyond the end of the file would look like a record that was cut short.
 */
export function encodeRecord(record: WriteRecord): Buffer {
  const payload = Buffer.from(JSON.stringify(record));
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  bytes.writeUInt32LE(payload.length, 0);
  bytes.writeUInt32LE(crc32(payload), 4);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 8)), 8);
  payload.copy(bytes, HEADER_BYTES);
  return bytes;
}

/**
 * The record that starts at `offset`. A record that the file's end cuts short is torn, and so is a tail of zeros,
 * which a file system leaves whose machine went down between the growth of the file and its data. Everything else
 * that is not a record is damage.
 */
export function decodeRecord(file: Buffer, offset: number): Decoded {
  const payloadStart = offset + HEADER_BYTES;
  if (payloadStart > file.length) return { kind: 'torn' };
  const header = file.subarray(offset, payloadStart);
  if (crc32(header.subarray(0, 8)) !== header.readUInt32LE(8)) {
    if (isZero(file.subarray(offset))) return { kind: 'torn' };
    return { kind: 'damaged', reason: 'the checksum of a record header does not match' };
  }
  const end = payloadStart + header.readUInt32LE(0);
  if (end > file.length) return { kind: 'torn' };
  const payload = file.subarray(payloadStart, end);
  if (crc32(payload) !== header.readUInt32LE(4)) {
    return { kind: 'damaged', reason: 'the checksum of a record does not match' };
  }
  const record: WriteRecord = JSON.parse(payload.toString('utf8'));
  return { kind: 'record', record, end };
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
