import type { PlacedStep } from '../../../tour/acts.ts';
import type { Step, TourLink } from '../../../tour/step.ts';
import { live } from '../../live.ts';
import { Code, Markdown } from '../../markdown.tsx';
import { ActionButton } from './action-button.tsx';
import { QueryPanel } from './query-panel.tsx';
import { TickStatus } from './tick-status.tsx';
import './step.css';

export interface StepBodyProps {
  readonly placed: PlacedStep;
  /** Height of a curve in CSS pixels. */
  readonly chartHeight: number;
}

/** The content of a step below its title, in the order of a presentation. */
export function StepBody({ placed: { step }, chartHeight }: StepBodyProps) {
  return (
    <>
      <section class="tour-show" aria-label="Show">
        <Markdown text={step.show} link={pageOf} />
        <Links links={step.links ?? []} />
      </section>
      <ActionButton step={step} />
      <TickStatus step={step} />
      <Queries step={step} chartHeight={chartHeight} mostValues={6} />
      <details class="tour-say">
        <summary>What to say</summary>
        {step.say.map((text) => (
          <Markdown key={text} text={text} />
        ))}
      </details>
      {step.terminal && (
        <details class="tour-terminal">
          <summary>In the terminal</summary>
          {step.terminal.map(({ does, command }) => (
            <div key={command}>
              <p>{does}:</p>
              <Code code={command} language="sh" />
            </div>
          ))}
        </details>
      )}
    </>
  );
}

interface QueriesProps {
  readonly step: Step;
  readonly chartHeight: number;
  readonly mostValues: number;
}

export function Queries({ step, chartHeight, mostValues }: QueriesProps) {
  return (
    <div class={step.queries.length > 2 ? 'tour-queries many' : 'tour-queries'}>
      {step.queries.map((query) => (
        <QueryPanel key={query.expr} query={query} height={chartHeight} mostValues={mostValues} />
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
  const url = live.components.value?.components.find(({ name }) => name === link.component)?.url;
  if (url === undefined) return null;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {link.text}
    </a>
  );
}

/** Undefined for a file of the repository without a page on the console. */
export function pageOf(href: string): string | undefined {
  return /\.md(#|$)/.test(href) ? undefined : href;
}
