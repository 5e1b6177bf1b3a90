import { duration } from '../../format/times.ts';
import { live } from '../../live.ts';
import { Code } from '../../markdown.tsx';
import { PageTitle } from '../../page-title.tsx';
import { AlertCard, RuleLinks } from './alert-card.tsx';
import { StaleNotices } from './alerts-page.tsx';
import { DocumentText } from './document.tsx';
import { groupsOf, labelsKey } from './groups.ts';
import { Severity } from './labels.tsx';
import { firesText } from './rule-here.tsx';
import { Incidents } from './timeline.tsx';

export function AlertPage({ name }: { readonly name: string }) {
  return (
    <>
      <PageTitle text={name} />
      <Alert name={name} />
    </>
  );
}

function Alert({ name }: { readonly name: string }) {
  const rules = live.alertRules.value;
  const alerts = live.alerts.value;
  const rule = rules?.find(({ alert }) => alert === name);
  const active = alerts?.active.filter(({ alert }) => alert === name) ?? [];
  const { firing, pending } = groupsOf([], active, { text: '', severity: '' });
  const incidents = live.incidents.value?.filter(({ alert }) => alert === name) ?? [];
  const inactive = rules ? 'inactive' : 'unknown';
  const state = firing.length > 0 ? 'firing' : pending.length > 0 ? 'pending' : inactive;
  const stateClass = { firing: 'bad', pending: 'warn', inactive: 'good', unknown: 'warn' }[state];
  if (!alerts || (!rules && !alerts.prometheus)) {
    return (
      <>
        <h1>{name}</h1>
        <p class="quiet">Loading…</p>
      </>
    );
  }
  if (rules && !rule && active.length === 0) {
    return (
      <>
        <h1>{name}</h1>
        <p class="notice bad">
          Prometheus has no alert {name}. <a href="/alerts">All alerts</a>
        </p>
      </>
    );
  }
  return (
    <div class="alerts-page">
      <p class="alerts-crumbs">
        <a href="/alerts">All alerts</a>
      </p>
      <header class="alerts-row alerts-head">
        <h1>{name}</h1>
        <span class={`pill ${stateClass}`}>{state}</span>
        {rule && <Severity severity={rule.severity} />}
      </header>
      <StaleNotices />
      {rule && (
        <section class="card" aria-label="Rule">
          <p class="quiet">
            Group {rule.group}, evaluated every {duration(rule.intervalSeconds)}. {firesText(rule)}
          </p>
          <Code code={rule.expr} language="promql" />
          {rule.error !== undefined && (
            <p class="notice bad" role="alert">
              Prometheus cannot evaluate this rule: {rule.error}
            </p>
          )}
          <RuleLinks alert={name} rule={{ ...rule, hasRunbook: false }} />
        </section>
      )}
      {[...firing, ...pending].map((node) => (
        <AlertCard key={labelsKey(node.alert.labels)} node={node} rule={undefined} rules={rules ?? []} />
      ))}
      <section aria-labelledby="alerts-incidents" class="alerts-section">
        <h2 id="alerts-incidents">Timeline</h2>
        {incidents.length > 0 ? (
          <Incidents incidents={incidents} />
        ) : (
          <p class="quiet">The console has recorded no incident of this alert since its start.</p>
        )}
      </section>
      {/* The runbook is shown even if no rules are loaded, because the console itself has the runbooks. */}
      {(rule?.hasRunbook ?? !rules) && (
        <section class="card" aria-labelledby="alerts-runbook">
          <h2 id="alerts-runbook">Runbook</h2>
          <DocumentText path={`docs/runbooks/${name}.md`} title={false} />
        </section>
      )}
    </div>
  );
}
