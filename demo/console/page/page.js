const acts = {
  pull: 'Pull: Prometheus scrapes NATS',
  exporter: 'Custom exporter: the USDT/VND rate',
  federation: 'Federation: another cluster writes to this one',
  push: 'Push: batch jobs through the Pushgateway',
};
const identity = ['cluster', 'side', 'reason', 'job', 'dag_id'];
const shownSeries = 6;
const refreshMs = 2500;
const byId = (id) => document.getElementById(id);

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

async function fetchJson(path) {
  const response = await fetch(path, { signal: AbortSignal.timeout(8000) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

function showStatus({ ready, components }) {
  const megabytes = components.reduce((sum, c) => sum + c.rssBytes, 0) / 1e6;
  const running = components.filter((c) => c.state === 'running').length;
  byId('state').textContent =
    `${ready ? 'Ready' : 'Not ready'} · ${running} of ${components.length} running · ${megabytes.toFixed(0)} MB`;
  const rows = components.map((c) =>
    element(
      'tr',
      {},
      element('td', {}, c.name, element('br'), element('small', { className: 'quiet' }, c.role)),
      element(
        'td',
        { className: c.state },
        c.state,
        c.lastExit ? element('small', {}, ` (${c.lastExit})`) : '',
      ),
      element('td', {}, element('a', { href: c.url }, c.url.replace('http://', ''))),
      element('td', { className: 'number' }, c.rssBytes ? `${(c.rssBytes / 1e6).toFixed(0)} MB` : ''),
      element('td', { className: 'number' }, String(c.restarts)),
    ),
  );
  byId('rows').replaceChildren(...rows);
}

function describe({ metric, value }) {
  const labels = identity.filter((name) => metric[name] !== undefined).map((name) => metric[name]);
  const number = Number(value).toLocaleString('en', { maximumSignificantDigits: 8 });
  return element('div', {}, element('small', { className: 'quiet' }, `${labels.join(' ')} `), number);
}

function describeAll(series) {
  if (series.length === 0) return ['no data yet'];
  const more = series.length - shownSeries;
  const rest = more > 0 ? [element('small', { className: 'quiet' }, `and ${more} more series`)] : [];
  return [...series.slice(0, shownSeries).map(describe), ...rest];
}

function showQueries(queries) {
  const groups = Object.entries(acts).flatMap(([act, title]) => [
    element('h3', {}, title),
    ...queries
      .filter((query) => query.act === act)
      .map(({ expr, shows, series }) =>
        element(
          'div',
          { className: 'query' },
          element('div', {}, element('code', {}, expr), element('br'), element('small', {}, shows)),
          element('div', { className: 'values' }, ...describeAll(series)),
        ),
      ),
  ]);
  byId('acts').replaceChildren(...groups);
}

function showNotifications(list) {
  if (list.length === 0) return;
  const items = list.map((n) =>
    element(
      'li',
      {},
      element('span', { className: n.status }, n.status),
      ` ${n.alert}${n.labels.cluster ? ` (${n.labels.cluster})` : ''} `,
      element(
        'small',
        { className: 'quiet' },
        `${new Date(n.receivedAt).toLocaleTimeString()} ${n.annotations.summary ?? ''} `,
      ),
      n.annotations.runbook_url ? element('a', { href: n.annotations.runbook_url }, 'runbook') : '',
    ),
  );
  byId('list').replaceChildren(...items);
}

function showFaults(faults) {
  const rows = faults.map(({ name, title, description, alerts, injected }) =>
    element(
      'div',
      { className: 'fault' },
      element(
        'div',
        {},
        element('span', { className: injected ? 'firing' : '' }, title),
        ` → ${alerts.map((expected) => expected.alert).join(', ')}`,
        element('br'),
        element('small', { className: 'quiet' }, description),
      ),
      element(
        'button',
        { type: 'button', onclick: () => toggleFault(name, injected) },
        injected ? 'Restore' : 'Break',
      ),
    ),
  );
  // Unchanged rows stay, because a replaced button loses the focus.
  const state = JSON.stringify(faults);
  if (state === shownFaults) return;
  shownFaults = state;
  byId('breakable').replaceChildren(...rows);
}

let shownFaults = '';

async function toggleFault(name, injected) {
  for (const button of byId('breakable').querySelectorAll('button')) button.disabled = true;
  const method = injected ? 'DELETE' : 'POST';
  const response = await fetch(`/api/faults/${name}`, { method }).catch((error) => ({
    ok: false,
    text: () => error.message,
  }));
  byId('fault-outcome').textContent = response.ok ? '' : `${name}: ${await response.text()}`;
  shownFaults = '';
  showFaults(await fetchJson('/api/faults').catch(() => []));
}

/** Refreshes each section independently: while Prometheus hangs, the component states must still update. */
async function keepShowing(path, show, showFailure) {
  try {
    show(await fetchJson(path));
  } catch (error) {
    showFailure(error.message);
  }
  setTimeout(keepShowing, refreshMs, path, show, showFailure);
}

function showSilence(reason) {
  byId('state').textContent = `The pipeline does not answer (${reason}). Is npm start still running?`;
}

function showNoAnswers(reason) {
  const text = `The queries get no answer (${reason}). The state of Prometheus is below, under Components.`;
  byId('acts').replaceChildren(element('p', {}, text));
}

for (const button of document.querySelectorAll('button[data-post]')) {
  button.addEventListener('click', async () => {
    button.disabled = true;
    byId('outcome').textContent = `${button.textContent}…`;
    try {
      const body = button.dataset.body ?? '{}';
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(button.dataset.post, { method: 'POST', headers, body });
      byId('outcome').textContent =
        `${button.textContent}: ${response.ok ? 'done' : 'failed'}, ${await response.text()}`;
    } catch (error) {
      byId('outcome').textContent = `${button.textContent}: ${error.message}`;
    } finally {
      button.disabled = false;
    }
  });
}

// If these requests fail, the status request fails too, and its message shows the reason.
const ignore = () => {};
keepShowing('/api/status', showStatus, showSilence);
keepShowing('/api/queries', showQueries, showNoAnswers);
keepShowing('/api/notifications', showNotifications, ignore);
keepShowing('/api/faults', showFaults, ignore);
