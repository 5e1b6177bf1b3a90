import { readRecords } from '../../restore/record.ts';
import { columnNames } from '../../restore/report.ts';
import { type Generated, withRegion } from './region.ts';
import { table } from './table.ts';

const machines: Readonly<Record<string, string>> = {
  laptop: 'The laptop pipeline that the drill starts for itself, without the start of the pipeline',
  local: 'The environment `local` on a Kubernetes 1.34 with one node, whose volumes are folders of the node',
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
        `${machines[target] ?? `The environment \`${target}\``}, measured on ${date}: the drill takes ${seconds} s; the whole system worked again ${recoverySeconds.toFixed(1)} s after the deletion. Two shared virtual cores (x86-64, Debian 12) at a load average of 20 to 40.`,
        table(columnNames, rows),
      ].join('\n\n');
    })
    .join('\n\n');
}

export const restoreTables: Generated = {
  file: 'docs/restore.md',
  text: (current) => withRegion(current, 'restore', `\n${measured()}\n`),
};
