import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { restoreDrill } from '../../restore/drill.ts';
import { exitCodeOf } from '../../restore/result.ts';
import type { Store } from '../../restore/store.ts';
import { openRestoreSystem } from '../../restore/systems.ts';

const root = join(import.meta.dirname, '../..');

const damages: Readonly<
  Record<string, { readonly damage: (folder: string) => void; readonly reports: RegExp }>
> = {
  samples: {
    damage: (folder) => {
      for (const block of readdirSync(folder)) rmSync(join(folder, block), { recursive: true });
    },
    reports: /^job \S+.* is missing: expected \d+ samples\.$|does not answer/,
  },
  'pushed-groups': {
    damage: (folder) => writeFileSync(join(folder, 'metrics'), ''),
    reports: /^group .*job=payroll.* is missing: expected \d+ series\.$|does not answer/,
  },
  silences: {
    damage: (folder) => writeFileSync(join(folder, 'silences'), ''),
    reports: /^silence \S+ is missing: expected 1 silences\.$/,
  },
  'messages-nats': {
    damage: (folder) => {
      const file = join(folder, 'ORDERS/stream.tar.s2');
      truncateSync(file, Math.floor(readFileSync(file).length / 2));
    },
    reports: /JetStream refuses STREAM\.RESTORE\.ORDERS|stream ORDERS (is missing|has \d+ of)/,
  },
};

const damaged = (store: Store): Store => ({
  ...store,
  backup: async (folder) => {
    const backup = await store.backup(folder);
    damages[store.name]?.damage(folder);
    return backup;
  },
});

it('the restore drill names every store with a damaged backup, and restores the other stores', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'damaged-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { signal } = new AbortController();
  const say = (sentence: string) => console.log(sentence);
  const { system } = await openRestoreSystem('laptop', { root, portOffset: undefined, signal, say });
  try {
    const stores = system.stores.map(damaged);
    const result = await restoreDrill(
      { ...system, stores, restoreSeconds: 20, problems: async () => [] },
      { folder, signal, say, onStop: () => {} },
    );
    expect(exitCodeOf(result)).toBe(1);
    for (const { store, verdict, problems } of result.stores) {
      const expected = damages[store];
      expect([store, verdict]).toEqual([store, expected ? 'failed' : 'passed']);
      const texts = problems.map(({ message }) => message);
      if (expected) expect(texts.filter((text) => expected.reports.test(text))).not.toEqual([]);
    }
  } finally {
    await system.close();
  }
});
