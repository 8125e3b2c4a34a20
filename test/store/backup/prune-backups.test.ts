import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pruneBackups } from '../../../src/store/backup/prune-backups.ts';

test('the newest seven that the program made stay, and everything that a person made', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lvlin-prune-'));
  try {
    const own = Array.from({ length: 9 }, (_, index) => `before-restore-${index}.lvlin-backup`);
    for (const [index, name] of [...own, 'lvlin-1.lvlin-backup', 'mine'].entries()) {
      writeFileSync(join(folder, name), '');
      utimesSync(join(folder, name), 1_000 + index, 1_000 + index);
    }
    pruneBackups(folder, 'before-restore-');
    expect(readdirSync(folder).toSorted()).toEqual([...own.slice(2), 'lvlin-1.lvlin-backup', 'mine']);
    pruneBackups(join(folder, 'no-such-folder'), 'before-restore-');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
