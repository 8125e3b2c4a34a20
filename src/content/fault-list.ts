/** Takes out of a list of faults what only echoes another one, so that the editor sees causes. */
import type { ContentFault, ContentFaultCode } from '../model/content-fault.ts';

/** Faults of a whole file: where one stands, further faults of that file say nothing new. */
const FILE_FAULTS: readonly ContentFaultCode[] = ['file-missing', 'file-unreadable', 'not-utf8', 'csv-broken'];

/** A row that could not be read is missing for all that refer to it; so is everything of a file that could not be. */
export function withoutEchoes(faults: readonly ContentFault[]): ContentFault[] {
  const lost = new Set(faults.filter((fault) => FILE_FAULTS.includes(fault.code)).map((fault) => fault.file));
  const isMissing = (file: string) => [...lost].some((name) => file === name || file.startsWith(`${name}/`));
  const faulty = new Set(faults.map((fault) => fault.file));
  return faults.filter((fault) => {
    const isCause = FILE_FAULTS.includes(fault.code);
    if (isMissing(fault.file)) return isCause && !isMissing(folderOf(fault.file));
    const target = fault.detail.target;
    return fault.code !== 'unknown-reference' || target === fault.file || !faulty.has(String(target));
  });
}

function folderOf(file: string): string {
  return file.split('/').slice(0, -1).join('/');
}
