import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const opened = signal<string | undefined>(undefined);

/**
 * Title of the page that is open within a view, such as the title of a dashboard. Undefined if the view has no such
 * page.
 */
export const pageTitle = (): string | undefined => opened.value;

/** Sets the title of the open page while this component is on the page. The title of the window contains it. */
export function PageTitle({ text }: { readonly text: string }) {
  useEffect(() => {
    opened.value = text;
    return () => {
      opened.value = undefined;
    };
  }, [text]);
  return null;
}
