import { useComputed } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useErrorBoundary, useState } from 'preact/hooks';
import { isFiring } from '../is-firing.ts';
import { isStarting, live, lostSince, refusal } from './live.ts';
import { pageTitle } from './page-title.tsx';
import { forPipeline } from './pipeline-text.ts';
import { isAwayFromSlide, startPresenting } from './presenting.ts';
import { address, navigate } from './router.ts';
import { theme, toggleTheme } from './theme.ts';
import { TimeText } from './time-text.tsx';
import { useKept } from './use-kept.ts';
import { type View, type ViewProps, viewOf, views } from './views.ts';

export function App() {
  const path = address.value.pathname;
  const found = viewOf(path === '/' ? '/map' : path);
  useEffect(() => {
    if (path === '/') navigate('/map', { replace: true });
  }, [path]);
  const title = pageTitle() ?? found?.view.name;
  useEffect(() => {
    document.title = title === undefined ? 'Prometheus platform' : `${title} · Prometheus platform`;
  }, [title]);
  return (
    <>
      <Header current={found?.view} />
      <ConnectionNotice />
      <main id="main">
        {found ? (
          <Loaded key={found.view.path} view={found.view} rest={found.rest} />
        ) : (
          <p class="notice bad">There is no page {path}. Choose one of the links above.</p>
        )}
      </main>
    </>
  );
}

function Header({ current }: { readonly current: View | undefined }) {
  const isDark = theme.value === 'dark';
  const firing = useComputed(
    () =>
      live.alerts.value?.active.filter((one) => isFiring(one) && one.inhibitedBy.length === 0).length ?? 0,
  );
  return (
    <header class="top">
      <a class="brand" href="/map">
        Prometheus<span class="wide-only">&nbsp;platform</span>
      </a>
      <nav aria-label="Views">
        {views.map((view) => (
          <a
            key={view.path}
            href={view.path}
            aria-current={view === current ? 'page' : undefined}
            title={view.path === '/alerts' ? firingText(firing.value) : undefined}
          >
            {view.name}
            {view.path === '/alerts' && firing.value > 0 && (
              <span class="count" aria-hidden="true">
                {firing}
              </span>
            )}
          </a>
        ))}
      </nav>
      {isAwayFromSlide.value && (
        <button type="button" class="primary" onClick={startPresenting}>
          Back to the slide <kbd>P</kbd>
        </button>
      )}
      <Readiness />
      <button type="button" class="quiet" onClick={toggleTheme}>
        {isDark ? 'Light' : 'Dark'}
        <span class="wide-only">&nbsp;theme</span>
      </button>
    </header>
  );
}

function firingText(count: number): string {
  if (count === 0) return 'No alert fires';
  return count === 1 ? '1 alert fires' : `${count} alerts fire`;
}

function Readiness() {
  const text = useComputed(() => {
    const status = live.components.value;
    if (!status) return 'connecting';
    const troubled = status.components.filter(({ state }) => state !== 'running').length;
    if (isStarting() || (!status.ready && troubled === 0)) return 'starting';
    return troubled === 0 ? 'all components run' : `${troubled} not running`;
  });
  return (
    <span class={text.value === 'all components run' ? 'pill good' : 'pill warn'} role="status">
      {text}
    </span>
  );
}

function ConnectionNotice() {
  const stale = useKept(() => live.components.value?.staleSince);
  const ratesSince = useKept(() => {
    const flows = live.flows.value;
    return flows?.error === undefined ? undefined : flows.at;
  });
  if (refusal.value !== undefined) {
    return (
      <p class="notice bad" role="alert">
        The console sends no live state to this page: {refusal.value}
      </p>
    );
  }
  if (lostSince.value !== undefined) {
    return (
      <p class="notice bad" role="alert">
        The console has not answered for <Age since={lostSince.value} />. The page shows the last state that
        it received, and connects again by itself.
        <StartCommand />
      </p>
    );
  }
  if (stale.value !== undefined) {
    return (
      <p class="notice warn" role="alert">
        Prometheus has not answered for <Age since={stale.value} />. The page shows the last states and rates,
        and reads them again by itself; the logs are current.
      </p>
    );
  }
  if (isStarting()) {
    return (
      <p class="notice warn" role="status">
        The pipeline is starting, and its output shows the progress. The rates, faults, traffic and batches
        are available as soon as the pipeline is ready.
      </p>
    );
  }
  if (ratesSince.value === undefined) return null;
  return (
    <p class="notice warn" role="alert">
      Prometheus does not answer. Rates and queries are{' '}
      {ratesSince.value === 0 ? (
        'missing'
      ) : (
        <>
          <Age since={ratesSince.value} /> old
        </>
      )}
      ; the states of the components, the faults and the logs are current.
    </p>
  );
}

function StartCommand() {
  const { startCommand } = live.offered.value ?? {};
  if (startCommand === undefined) return null;
  return (
    <>
      {' '}
      If the console does not run, start it with <code>{forPipeline(startCommand)}</code>.
    </>
  );
}

/** @param since Unix time in milliseconds */
function Age({ since }: { readonly since: number }) {
  return <TimeText text={(time) => `${Math.max(0, Math.round((time - since) / 1000))} s`} />;
}

function Loaded({ view, rest }: { readonly view: View; readonly rest: string }) {
  const [Loaded, setLoaded] = useState<ComponentType<ViewProps>>();
  const [problem, setProblem] = useState<string>();
  const [error, reset] = useErrorBoundary((thrown) => console.error(thrown));
  useEffect(() => {
    let isCurrent = true;
    view.load().then(
      ({ View }) => isCurrent && setLoaded(() => View),
      (failure: unknown) => isCurrent && setProblem(String(failure)),
    );
    return () => {
      isCurrent = false;
    };
  }, [view]);
  if (error || problem) {
    return (
      <p class="notice bad" role="alert">
        The view {view.name} failed: {String(error ?? problem)}{' '}
        <button type="button" onClick={() => (error ? reset() : location.reload())}>
          Load it again
        </button>
      </p>
    );
  }
  return Loaded ? <Loaded rest={rest} /> : <p class="quiet">Loading…</p>;
}
