import { useState } from 'preact/hooks';
import type { ActiveAlert, AlertRule } from '../../../alerting.ts';
import { duration, timeOfDay } from '../../format/times.ts';
import { live } from '../../live.ts';
import { exploreUrl } from '../../router.ts';
import { TimeText } from '../../time-text.tsx';
import { DocumentText } from './document.tsx';
import { type AlertNode, labelsKey } from './groups.ts';
import { LabelList, Severity } from './labels.tsx';
import { SilenceButtons } from './silences.tsx';
import './alert-card.css';

function since(alert: ActiveAlert): number {
  const incident = live.incidents.value?.find(
    ({ labels, state }) => state === 'firing' && labelsKey(labels) === labelsKey(alert.labels),
  );
  return (alert.state === 'firing' && incident?.times.firing) || alert.activeAt;
}

interface AlertCardProps {
  readonly node: AlertNode;
  readonly rule: AlertRule | undefined;
  readonly rules: readonly AlertRule[];
}

export function AlertCard({ node: { alert, inhibits }, rule, rules }: AlertCardProps) {
  const { state, value, labels, silencedBy, inhibitedBy } = alert;
  const from = since(alert);
  return (
    <article
      class="card alerts-card"
      data-alert={alert.alert}
      data-state={state}
      data-severity={alert.severity}
    >
      <header class="alerts-row">
        <a class="alerts-name" href={`/alerts?alert=${encodeURIComponent(alert.alert)}`}>
          {alert.alert}
        </a>
        <Severity severity={alert.severity} />
        <span>
          {state} for <TimeText text={(time) => duration((time - from) / 1000)} />
          <span class="quiet"> since {timeOfDay(from)}</span>
        </span>
        <Suppression silencedBy={silencedBy} inhibitedBy={inhibitedBy} />
        <span class="alerts-spacer" />
        <SilenceButtons labels={labels} />
      </header>
      <p class="alerts-summary">{alert.summary}</p>
      <p class="quiet alerts-description">{alert.description}</p>
      <p class="alerts-row">
        <span class="alerts-chip mono">value {shortNumber(value)}</span>
        <LabelList labels={labels} />
      </p>
      <RuleLinks alert={alert.alert} rule={rule} />
      {inhibits.length > 0 && (
        <section class="alerts-inhibited" aria-label={`Alerts that ${alert.alert} inhibits`}>
          <h3>Inhibited while {alert.alert} fires: no notification is sent</h3>
          {inhibits.map((child) => (
            <AlertCard
              key={labelsKey(child.alert.labels)}
              node={child}
              rule={rules.find((other) => other.alert === child.alert.alert)}
              rules={rules}
            />
          ))}
        </section>
      )}
    </article>
  );
}

function shortNumber(value: string): string {
  const number = Number(value);
  return Number.isFinite(number) ? String(Number(number.toPrecision(6))) : value;
}

function Suppression({ silencedBy, inhibitedBy }: Pick<ActiveAlert, 'silencedBy' | 'inhibitedBy'>) {
  const silences = live.alerts.value?.silences ?? [];
  const until = silences.filter(({ id }) => silencedBy.includes(id)).map(({ endsAt }) => endsAt);
  return (
    <>
      {inhibitedBy.length > 0 && (
        <span class="pill info">inhibited by {inhibitedBy.map(({ alert }) => alert).join(', ')}</span>
      )}
      {silencedBy.length > 0 && (
        <span class="pill info">
          silenced{until.length > 0 && ` until ${timeOfDay(Math.max(...until)).slice(0, 5)}`}
        </span>
      )}
    </>
  );
}

interface RuleLinksProps {
  readonly alert: string;
  readonly rule: AlertRule | undefined;
  /**
   * Whether the runbook is open at first.
   * @default false
   */
  readonly open?: boolean;
}

export function RuleLinks({ alert, rule, open = false }: RuleLinksProps) {
  const [isOpen, setOpen] = useState(open);
  if (!rule) return null;
  const { hasRunbook, dashboard, expr } = rule;
  return (
    <>
      <p class="alerts-row">
        {hasRunbook && (
          <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide the runbook' : 'Runbook'}
          </button>
        )}
        {dashboard !== undefined && <a href={`/d/${dashboard}`}>Dashboard</a>}
        <a href={exploreUrl(expr)}>Open the query</a>
      </p>
      {hasRunbook && isOpen && (
        <section class="alerts-runbook" aria-label={`Runbook of ${alert}`}>
          <DocumentText path={`docs/runbooks/${alert}.md`} title={false} />
        </section>
      )}
    </>
  );
}
