import type { Labels } from '../../../alerting.ts';

const severityClass: Readonly<Record<string, string>> = { critical: 'bad', warning: 'warn', info: 'info' };

export function Severity({ severity }: { readonly severity: string }) {
  return severity === '' ? null : <span class={`pill ${severityClass[severity] ?? ''}`}>{severity}</span>;
}

const shownElsewhere = ['alertname', 'severity'];

export function LabelList({ labels }: { readonly labels: Labels }) {
  const pairs = Object.entries(labels).filter(([name]) => !shownElsewhere.includes(name));
  return (
    <span class="alerts-labels">
      {pairs.map(([name, value]) => (
        <span key={name} class="alerts-chip mono">
          {name}={value}
        </span>
      ))}
    </span>
  );
}
