/** SQLite on a network drive breaks sooner or later (locks and shared memory do not cross the network), so it is refused. */
import { statfsSync } from 'node:fs';
import { LvlinError } from '../../model/errors.ts';

/** Throws `database-on-network`. `typeOf` gives the type of the file system that holds the folder. */
export function refuseNetworkDrive(
  folder: string,
  typeOf: (folder: string) => number = (path) => statfsSync(path).type,
): void {
  const isShare = folder.startsWith('\\\\') || folder.startsWith('//');
  // Some kernels hand the type over as a signed number.
  if (isShare || NETWORK_TYPES.has(typeOf(folder) >>> 0)) throw new LvlinError('database-on-network', { folder });
}

// The numbers of NFS, SMB, CIFS, SMB2, AFS, Ceph, Coda, NCP, 9P, GFS2, OCFS2 and Lustre: statfs(2) and linux/magic.h.
const NETWORK_TYPES: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400, 0x73757245, 0x564c, 0x01021997, 0x01161970,
  0x7461636f, 0x0bd00bd0,
]);
