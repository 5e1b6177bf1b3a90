import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Generated, withRegion } from './region.ts';

const root = join(import.meta.dirname, '../..');

/** A part of a source file that a page shows unchanged. */
interface Excerpt {
  readonly region: string;
  readonly file: string;
  /** The excerpt starts with the text `from`, and ends with the text `to`. */
  readonly from: string;
  readonly to: string;
}

/** @throws Error if the source does not contain the excerpt */
export function excerptOf(source: string, { file, from, to }: Excerpt): string {
  const start = source.indexOf(from);
  const end = source.indexOf(to, start);
  if (start < 0 || end < 0) {
    throw new Error(
      `${file} contains no text that starts with ${JSON.stringify(from)} and ends with ${JSON.stringify(to)}; correct the start and the end of this excerpt in scripts/generate/excerpts.ts`,
    );
  }
  return source.slice(start, end + to.length);
}

const page = (file: string, excerpts: readonly Excerpt[]): Generated => ({
  file,
  text: (current) =>
    excerpts.reduce((text, excerpt) => {
      const code = excerptOf(readFileSync(join(root, excerpt.file), 'utf8'), excerpt);
      return withRegion(text, excerpt.region, `\`${excerpt.file}\`:\n\n\`\`\`ts\n${code.trimEnd()}\n\`\`\``);
    }, current),
});

export const excerptPages: readonly Generated[] = [
  page('docs/write-an-alert.md', [
    { region: 'rule', file: 'rules/usdt.ts', from: "    {\n      alert: 'UsdtRateStale'", to: '\n    },\n' },
    {
      region: 'case',
      file: 'test/rules/cases/usdt.ts',
      from: "  {\n    alert: 'UsdtRateStale'",
      to: '\n  },\n',
    },
  ]),
  page('docs/write-a-panel.md', [
    {
      region: 'panel',
      file: 'dashboards/nats/clients.ts',
      from: 'export const connectionsOverTime',
      to: '\n  });\n',
    },
    {
      region: 'place',
      file: 'dashboards/nats/dashboard.ts',
      from: '    Clients: [',
      to: '\n    ],\n',
    },
  ]),
];
