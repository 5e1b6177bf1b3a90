import type { AlertRule, Stale } from '../../../alerting.ts';
import { duration } from '../../format/times.ts';
import { live, now } from '../../live.ts';
import { memo } from '../../memo.ts';
import { address, setQuery } from '../../router.ts';
import { useKept } from '../../use-kept.ts';
import { AlertCard } from './alert-card.tsx';
import { type AlertNode, groupsOf, labelsKey } from './groups.ts';
import { Severity } from './labels.tsx';
import { Silences } from './silences.tsx';
import { Incidents } from './timeline.tsx';

const severities = ['critical', 'warning', 'info'] as const;

export function AlertsPage() {
  const filter = useKept(() => ({
    text: address.value.searchParams.get('q') ?? '',
    severity: address.value.searchParams.get('severity') ?? '',
  }));
  const groups = useKept(() =>
    groupsOf(live.alertRules.value ?? [], live.alerts.value?.active ?? [], filter.value),
  );
  const { firing, pending, inactive } = groups.value;
  const rules = live.alertRules.value ?? [];
  const isStale = live.alerts.value?.prometheus !== undefined;
  const none = (text: string) =>
    isStale ? 'The current alerts are unknown, because Prometheus does not answer.' : text;
  return (
    <div class="alerts-page">
      <header class="alerts-row alerts-head">
        <h1>Alerts</h1>
        <Filter text={filter.value.text} severity={filter.value.severity} />
      </header>
      <StaleNotices />
      {live.alerts.value === undefined ? (
        <p class="quiet">Loading…</p>
      ) : (
        <>
          <Group title="Firing" nodes={firing} rules={rules} empty={none('No alert fires.')} />
          <Group title="Pending" nodes={pending} rules={rules} empty={none('No alert is pending.')} />
          <section aria-labelledby="alerts-incidents" class="alerts-section">
            <h2 id="alerts-incidents">Timeline</h2>
            <Incidents incidents={live.incidents.value ?? []} />
          </section>
          <section aria-labelledby="alerts-silences" class="alerts-section">
            <h2 id="alerts-silences">Silences</h2>
            <Silences silences={live.alerts.value.silences} />
          </section>
          <KeptInactive rules={inactive} />
        </>
      )}
    </div>
  );
}

function Filter({ text, severity }: { readonly text: string; readonly severity: string }) {
  return (
    <search class="alerts-row alerts-filter">
      <label>
        <span class="visually-hidden">Search the alerts</span>
        <input
          type="search"
          placeholder="Name, text or label"
          value={text}
          onInput={(event) => setQuery({ q: event.currentTarget.value }, { replace: true })}
        />
      </label>
      <fieldset class="alerts-toggle">
        <legend class="visually-hidden">Severity</legend>
        {['', ...severities].map((choice) => (
          <button
            key={choice}
            type="button"
            aria-pressed={choice === severity}
            onClick={() => setQuery({ severity: choice }, { replace: true })}
          >
            {choice === '' ? 'all' : choice}
          </button>
        ))}
      </fieldset>
    </search>
  );
}

/** One notice for each program that does not answer, with the age of its data. */
export function StaleNotices() {
  const { prometheus, alertmanager } = live.alerts.value ?? {};
  return (
    <>
      {prometheus && (
        <p class="notice warn" role="alert">
          {prometheus.since === undefined
            ? `Prometheus has not answered since the start of the console. The rules and the alerts are unknown until Prometheus answers. Reason: ${prometheus.error}`
            : `Prometheus does not answer${sinceText(prometheus)}. The page shows the alerts of the last answer. Incidents stay open until Prometheus answers again.`}
        </p>
      )}
      {alertmanager && (
        <p class="notice warn" role="alert">
          Alertmanager does not answer{sinceText(alertmanager)}. Silences and inhibitions come from the last
          answer; the states of the alerts come from Prometheus and are current.
        </p>
      )}
    </>
  );
}

function sinceText({ since }: Stale): string {
  return since === undefined ? '' : `, for ${duration((now.value - since) / 1000)}`;
}

interface GroupProps {
  readonly title: 'Firing' | 'Pending';
  readonly nodes: readonly AlertNode[];
  readonly rules: readonly AlertRule[];
  readonly empty: string;
}

function Group({ title, nodes, rules, empty }: GroupProps) {
  const id = `alerts-group-${title.toLowerCase()}`;
  return (
    <section aria-labelledby={id} class="alerts-group" data-group={title.toLowerCase()}>
      <h2 id={id}>
        {title} <Count count={nodes.length} />
      </h2>
      {nodes.length === 0 ? (
        <p class="quiet">{empty}</p>
      ) : (
        nodes.map((node) => (
          <AlertCard
            key={labelsKey(node.alert.labels)}
            node={node}
            rule={rules.find(({ alert }) => alert === node.alert.alert)}
            rules={rules}
          />
        ))
      )}
    </section>
  );
}

function Count({ count }: { readonly count: number }) {
  return <span class="alerts-count">{count}</span>;
}

/** Active alerts change at each evaluation. `memo` does not draw the unchanged inactive rules again. */
const KeptInactive = memo(Inactive);

function Inactive({ rules }: { readonly rules: readonly AlertRule[] }) {
  return (
    <section aria-labelledby="alerts-group-inactive" class="alerts-group" data-group="inactive">
      <h2 id="alerts-group-inactive">
        Inactive <Count count={rules.length} />
      </h2>
      <ul class="alerts-inactive">
        {rules.map(({ alert, severity, error }) => (
          <li key={alert}>
            <a href={`/alerts?alert=${encodeURIComponent(alert)}`}>{alert}</a>
            {error !== undefined && <span class="pill bad">not evaluated</span>}
            <Severity severity={severity} />
          </li>
        ))}
      </ul>
    </section>
  );
}
