import { address, setQuery } from '../../router.ts';

/** The selection is in the URL, therefore the back button of the browser undoes it. */
export function selection(): { readonly node: string | null; readonly edge: string | null } {
  const { searchParams } = address.value;
  return { node: searchParams.get('node'), edge: searchParams.get('edge') };
}

export const selectNode = (name: string) => setQuery({ node: name, edge: '' });
export const selectEdge = (id: string) => setQuery({ edge: id, node: '' });
export const selectNothing = () => setQuery({ node: '', edge: '' });

/** Moves the keyboard focus to a component. */
export function focusNode(name: string): void {
  document.querySelector<HTMLElement | SVGElement>(`[data-node="${CSS.escape(name)}"]`)?.focus();
}
