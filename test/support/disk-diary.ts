/** Makes from the diary of `disk-diary.c` the disk as it would be had the power gone at a chosen moment. */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

interface Entry {
  readonly operation: string;
  readonly file: string;
  /** Offset of a write, size after a cut, number of a sync. */
  readonly number: number;
  readonly data: Buffer;
}

const HEAD_BYTES = 15;
const SECTOR_BYTES = 512;

export function readDiary(bytes: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + HEAD_BYTES <= bytes.length; ) {
    const pathBytes = bytes.readUInt16LE(at + 1);
    const dataBytes = bytes.readUInt32LE(at + 11);
    const pathAt = at + HEAD_BYTES;
    entries.push({
      operation: bytes.toString('latin1', at, at + 1),
      file: basename(bytes.toString('utf8', pathAt, pathAt + pathBytes)),
      number: Number(bytes.readBigUInt64LE(at + 3)),
      data: bytes.subarray(pathAt + pathBytes, pathAt + pathBytes + dataBytes),
    });
    at = pathAt + pathBytes + dataBytes;
  }
  return entries;
}

/** Bytes that grow in place, because a diary has thousands of writes to a file of megabytes. */
class Content {
  #bytes: Buffer;
  #size: number;

  constructor(bytes = Buffer.alloc(0)) {
    this.#bytes = bytes;
    this.#size = bytes.length;
  }

  apply({ operation, number, data }: Entry): void {
    if (operation === 'T') {
      this.#reach(number);
      this.#bytes.fill(0, number, this.#size);
      this.#size = number;
      return;
    }
    this.#reach(number + data.length);
    data.copy(this.#bytes, number);
    this.#size = Math.max(this.#size, number + data.length);
  }

  toBuffer(): Buffer<ArrayBuffer> {
    return Buffer.from(this.#bytes.subarray(0, this.#size));
  }

  #reach(size: number): void {
    if (size > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(2 * size)]);
  }
}

class DiskFile {
  #synced = new Content();
  #unsynced: Entry[] = [];
  #syncs = new Map<number, number>();

  note(entry: Entry): void {
    if (entry.operation === 'B') this.#syncs.set(entry.number, this.#unsynced.length);
    else if (entry.operation === 'E') this.#sync(entry.number);
    else this.#unsynced.push(entry);
  }

  /** What was written before the sync began is on the disk; the rest still may or may not be. */
  #sync(number: number): void {
    const count = this.#syncs.get(number) ?? 0;
    this.#syncs.delete(number);
    for (const entry of this.#unsynced.splice(0, count)) this.#synced.apply(entry);
    for (const [other, length] of this.#syncs) this.#syncs.set(other, Math.max(0, length - count));
  }

  /** What was synced, and of the rest each piece or not, or only its first sectors: a disk does as it likes. */
  afterPowerLoss(chance: () => number): Buffer {
    const content = new Content(this.#synced.toBuffer());
    for (const entry of this.#unsynced) {
      if (chance() < 0.5) continue;
      const isTorn = entry.operation === 'W' && chance() < 0.3;
      const sectors = Math.floor((chance() * entry.data.length) / SECTOR_BYTES);
      content.apply(isTorn ? { ...entry, data: entry.data.subarray(0, sectors * SECTOR_BYTES) } : entry);
    }
    return content.toBuffer();
  }

  whole(): Buffer {
    const content = new Content(this.#synced.toBuffer());
    for (const entry of this.#unsynced) content.apply(entry);
    return content.toBuffer();
  }
}

/** The disk of a program, entry by entry; at any of them the power may go. */
export class PoweredDisk {
  #files = new Map<string, DiskFile>();

  note(entry: Entry): void {
    if (entry.operation === 'U') {
      this.#files.delete(entry.file);
      return;
    }
    const file = this.#files.get(entry.file) ?? new DiskFile();
    this.#files.set(entry.file, file);
    file.note(entry);
  }

  /** Leaves in the folder what a power cut now would leave; those files `seen` are as the program had last written them. */
  cutPower(folder: string, chance: () => number, seen: readonly string[]): void {
    for (const [name, file] of this.#files) {
      // Shared memory, and a lock that went with its holder.
      if (name.endsWith('-shm') || name.includes('.lock')) continue;
      writeFileSync(join(folder, name), seen.includes(name) ? file.whole() : file.afterPowerLoss(chance));
    }
  }
}
