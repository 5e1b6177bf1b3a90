import type { MetricDefinition } from './definition.ts';

/** The OpenMetrics output of prom-client would permanently rename the counters in the registry. */
export function toOpenMetrics(text: string, counters: readonly Pick<MetricDefinition, 'name'>[]): string {
  const families = new Map(counters.map(({ name }) => [name, name.replace(/_total$/, '')]));
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const metadata = /^# (HELP|TYPE) (\S+) ([\s\S]*)$/.exec(line);
      if (!metadata) return line.replace(/([{,]le=")(\d+)"/, '$1$2.0"');
      const [, keyword, name = '', rest = ''] = metadata;
      return `# ${keyword} ${families.get(name) ?? name} ${keyword === 'HELP' ? rest.replaceAll('"', '\\"') : rest}`;
    });
  return [...lines, '# EOF', ''].join('\n');
}
