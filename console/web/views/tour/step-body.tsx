import type { ComponentStatus } from '../../../controls.ts';
import type { PlacedStep } from '../../../tour/acts.ts';
import type { ComponentLink, Step, TourLink } from '../../../tour/step.ts';
import { useComponentPage } from '../../component-page.ts';
import { live } from '../../live.ts';
import { Code, Markdown, NewTab } from '../../markdown.tsx';
import { forPipeline } from '../../pipeline-text.ts';
import { ActionButton } from './action-button.tsx';
import { Ask, pageOf } from './ask.tsx';
import { progress } from './progress.ts';
import { QueryPanel } from './query-panel.tsx';
import { shownLink } from './shown-link.ts';
import { TickStatus } from './tick-status.tsx';
import { useSharedEnd } from './use-shared-end.ts';
import './step.css';

export interface StepBodyProps {
  readonly placed: PlacedStep;
}

/** The parts have the order of a presentation: what to show, what to do, what to say. */
export function StepBody({ placed: { step } }: StepBodyProps) {
  return (
    <>
      <section class="tour-show" aria-label="Show">
        <Markdown text={step.show} link={pageOf} />
        <Links links={step.links ?? []} />
      </section>
      <ActionButton step={step} />
      <TickStatus key={step.id} step={step} />
      <Queries step={step} charts mostValues={6} />
      <details class="tour-say">
        <summary>What to say</summary>
        {step.say.map((text) => (
          <Markdown key={text} text={text} />
        ))}
        {step.ask && <Ask {...step.ask} />}
      </details>
      {step.terminal && (
        <details class="tour-terminal">
          <summary>In the terminal</summary>
          {step.terminal.map(({ does, command }) => (
            <div key={command}>
              <p>{does}:</p>
              <Code code={forPipeline(command)} language="sh" />
            </div>
          ))}
        </details>
      )}
    </>
  );
}

interface QueriesProps {
  readonly step: Step;
  readonly charts: boolean;
  readonly mostValues: number;
}

/** All charts share a time axis, and are drawn again when the step gets its ✓. */
export function Queries({ step, charts, mostValues }: QueriesProps) {
  const to = useSharedEnd(progress.value[step.id]?.done);
  return (
    <div class={step.queries.length > 2 ? 'tour-queries many' : 'tour-queries'}>
      {step.queries.map((query) => (
        <QueryPanel key={query.expr} query={query} to={to} chart={charts} mostValues={mostValues} />
      ))}
    </div>
  );
}

export function Links({ links }: { readonly links: readonly TourLink[] }) {
  return (
    <p class="tour-links">
      {links.map((link) => (
        <TourAnchor key={link.text} link={link} />
      ))}
    </p>
  );
}

function TourAnchor({ link }: { readonly link: TourLink }) {
  if ('path' in link) return <a href={link.path}>{link.text}</a>;
  const status = live.components.value?.components.find(({ name }) => name === link.component);
  return status && <ComponentAnchor link={link} status={status} />;
}

interface ComponentAnchorProps {
  readonly link: ComponentLink;
  readonly status: ComponentStatus;
}

/** Some components have no page, such as a Prometheus that was built without web assets. */
function ComponentAnchor({ link, status }: ComponentAnchorProps) {
  const shown = shownLink(link, status.url, useComponentPage(status));
  if (shown === undefined) return null;
  if (shown.href === undefined) return <span class="quiet">{shown.text}</span>;
  return (
    <a href={shown.href} target="_blank" rel="noreferrer">
      {shown.text}
      <NewTab />
    </a>
  );
}
