import { useEffect, useRef } from 'preact/hooks';
import { call } from '../../api.ts';
import { live } from '../../live.ts';
import { Markdown } from '../../markdown.tsx';
import { PageTitle } from '../../page-title.tsx';
import { address } from '../../router.ts';
import { useLoaded } from '../../use-loaded.ts';
import { linkFrom } from './document-links.ts';
import { anchorOf, titleOf } from './headings.ts';
import { Queries } from './queries.tsx';
import { RuleHere } from './rule-here.tsx';
import './document.css';

interface Document {
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
  /** Whether to show the title of the document, on the page and in the browser tab. */
  readonly title: boolean;
}

/** A Markdown file of the repository. The user can copy its commands and run its queries. */
export function DocumentText({ path, title }: DocumentTextProps) {
  const { result, error } = useLoaded(path, (signal) => call<Document>(apiOf(path), { signal }));
  const element = useRef<HTMLDivElement>(null);
  const page = address.value;
  useEffect(() => {
    if (element.current && page.hash !== '') scrollToHeading(element.current, page.hash);
  }, [result, page]);
  if (error !== undefined) {
    return (
      <p class="notice bad" role="alert">
        {error}
      </p>
    );
  }
  if (!result) return <p class="quiet">Loading…</p>;
  const alert = runbook.exec(path)?.[1];
  const text = title ? result.markdown : result.markdown.replace(/^# .*\n+/, '');
  return (
    <div ref={element} class="alerts-document">
      {title && <PageTitle text={titleOf(result.markdown) ?? path} />}
      {alert !== undefined && <RuleHere alert={alert} withCondition={title} />}
      <Markdown
        text={text}
        link={(href) => linkFrom(path, href)}
        afterCode={(code, language) => (language === 'promql' ? <Queries code={code} /> : null)}
      />
    </div>
  );
}

function scrollToHeading(text: Element, hash: string): void {
  const headings = [...text.querySelectorAll('h1, h2, h3, h4, h5, h6')];
  const hashOf = ({ textContent }: Element) => new URL(`#${anchorOf(textContent ?? '')}`, location.href).hash;
  headings.find((heading) => hashOf(heading) === hash)?.scrollIntoView();
}

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
