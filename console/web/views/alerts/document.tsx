import { call } from '../../api.ts';
import { live } from '../../live.ts';
import { Markdown } from '../../markdown.tsx';
import { useLoaded } from '../../use-loaded.ts';
import { linkFrom } from './document-links.ts';
import { Queries } from './queries.tsx';

interface Document {
  /** Path in the repository. */
  readonly path: string;
  readonly markdown: string;
}

const runbook = /^docs\/runbooks\/([A-Za-z]+)\.md$/;

function apiOf(path: string): string {
  const name = runbook.exec(path)?.[1];
  return name === undefined ? `/api/${path}` : `/api/runbooks/${name}`;
}

interface DocumentTextProps {
  /** Path in the repository, such as `docs/runbooks/PushgatewayDown.md`. */
  readonly path: string;
  /** Whether the document begins with its own title. */
  readonly title: boolean;
}

/** A Markdown file of the repository. Its commands can be copied, and its queries run in place. */
export function DocumentText({ path, title }: DocumentTextProps) {
  const { result, error } = useLoaded(path, (signal) => call<Document>(apiOf(path), { signal }));
  if (error !== undefined) {
    return (
      <p class="notice bad" role="alert">
        {error}
      </p>
    );
  }
  if (!result) return <p class="quiet">Loading…</p>;
  const text = title ? result.markdown : result.markdown.replace(/^# .*\n+/, '');
  return (
    <div class="alerts-document">
      <Markdown
        text={text}
        link={(href) => linkFrom(path, href)}
        afterCode={(code, language) => (language === 'promql' ? <Queries code={code} /> : null)}
      />
    </div>
  );
}

/** A runbook or another document as a page. */
export function DocumentPage({ path }: { readonly path: string }) {
  const alert = runbook.exec(path)?.[1];
  const isAlert = live.alertRules.value?.some((rule) => rule.alert === alert) ?? false;
  return (
    <article class="card alerts-page">
      <p class="alerts-crumbs">
        <a href="/alerts">Alerts</a>
        {alert !== undefined && isAlert && <a href={`/alerts?alert=${alert}`}>State of {alert}</a>}
        <span class="quiet mono">{path}</span>
      </p>
      <DocumentText path={path} title={true} />
    </article>
  );
}
