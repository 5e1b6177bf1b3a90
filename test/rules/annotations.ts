/** Renders the template of an annotation like Prometheus (template/template.go). */
export function expand(template: string, labels: Readonly<Record<string, string>>, value: number): string {
  return template
    .replace(
      /\{\{ if gt \$value ([\d.]+) \}\}(.*?)(?:\{\{ else \}\}(.*?))?\{\{ end \}\}/g,
      (_, limit: string, above: string, otherwise = '') => (value > Number(limit) ? above : otherwise),
    )
    .replace(/\{\{ with \$labels\.(\w+) \}\}(.*?)\{\{ end \}\}/g, (_, label: string, body: string) => {
      const text = labels[label] ?? '';
      return text === '' ? '' : body.replaceAll('{{ . }}', text);
    })
    .replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? '')
    .replaceAll('{{ $value }}', String(value))
    .replaceAll('{{ $value | humanize }}', humanize(value))
    .replaceAll('{{ $value | humanizePercentage }}', `${significant(value * 100)}%`)
    .replaceAll('{{ $value | humanizeDuration }}', humanizeDuration(value));
}

/** Formats a number from 0.0001 to 9999 like `%.4g` in C. */
const significant = (value: number) => String(Number(value.toPrecision(4)));

function humanize(value: number): string {
  const prefixes = ['', 'k', 'M', 'G', 'T'];
  let rest = value;
  let thousands = 0;
  while (Math.abs(rest) >= 1000 && thousands < prefixes.length - 1) {
    rest /= 1000;
    thousands += 1;
  }
  return `${significant(rest)}${prefixes[thousands]}`;
}

function humanizeDuration(value: number): string {
  if (value < 60) return `${significant(value)}s`;
  const whole = Math.trunc(value);
  const parts = {
    d: Math.trunc(whole / 86_400),
    h: Math.trunc(whole / 3600) % 24,
    m: Math.trunc(whole / 60) % 60,
  };
  const seconds = `${whole % 60}s`;
  if (parts.d > 0) return `${parts.d}d ${parts.h}h ${parts.m}m ${seconds}`;
  if (parts.h > 0) return `${parts.h}h ${parts.m}m ${seconds}`;
  return `${parts.m}m ${seconds}`;
}
