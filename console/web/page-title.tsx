import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const opened = signal<string | undefined>(undefined);

/** A title inside the view, such as the title of a dashboard. Undefined in a view without such a title. */
export const pageTitle = (): string | undefined => opened.value;

/** Shows `text` in the title of the browser window, instead of the name of the view. */
export function PageTitle({ text }: { readonly text: string }) {
  useEffect(() => {
    opened.value = text;
    return () => {
      opened.value = undefined;
    };
  }, [text]);
  return null;
}
