import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const opened = signal<string | undefined>(undefined);

/** Title inside the view, such as the title of a dashboard. Undefined if the view has no such title. */
export const pageTitle = (): string | undefined => opened.value;

/** The title of the window contains this text while the component is on the page. */
export function PageTitle({ text }: { readonly text: string }) {
  useEffect(() => {
    opened.value = text;
    return () => {
      opened.value = undefined;
    };
  }, [text]);
  return null;
}
