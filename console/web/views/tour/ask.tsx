import type { Question } from '../../../tour/step.ts';
import { Markdown } from '../../markdown.tsx';
import { linkFrom } from '../alerts/document-links.ts';

/** The URL for a link in `DEMO_SCRIPT.md`. Undefined if no console page shows the linked file. */
export const pageOf = (href: string): string | undefined => linkFrom('DEMO_SCRIPT.md', href);

export function Ask({ question, answer }: Question) {
  return (
    <div class="tour-ask">
      <p>
        <b>Ask:</b> {question}
      </p>
      <Markdown text={answer} />
    </div>
  );
}
