import { readRecords } from '../../restore/record.ts';
import { columnNames } from '../../restore/report.ts';
import { type Generated, withRegion } from './region.ts';
import { table } from './table.ts';

const machines: Readonly<Record<string, string>> = {
  laptop: 'The drill ran on its own laptop pipeline. The times do not include the start of this pipeline.',
  local:
    'The drill ran on the environment `local`, on a Kubernetes 1.34 with one node. The volumes are folders of the node.',
};

function measured(): string {
  return Object.entries(readRecords())
    .map(([target, { date, seconds, recoverySeconds, stores }]) => {
      const rows = stores.map(({ store, program, content, megabytes, ...times }) => [
        store,
        program,
        content,
        megabytes.toFixed(2),
        ...[times.backupSeconds, times.recoverySeconds, times.lostSeconds].map((time) => time.toFixed(1)),
      ]);
      return [
        `${machines[target] ?? `The drill ran on the environment \`${target}\`.`} Measured on ${date}: the drill took ${seconds} s. The whole system worked again ${recoverySeconds.toFixed(1)} s after the deletion. The machine had two shared virtual cores (x86-64, Debian 12) and a load average of 20 to 40.`,
        table(columnNames, rows),
      ].join('\n\n');
    })
    .join('\n\n');
}

export const restoreTables: Generated = {
  file: 'docs/restore.md',
  text: (current) => withRegion(current, 'restore', `\n${measured()}\n`),
};
