import { address, setQuery } from '../../router.ts';

/** The selection is a part of the URL. Therefore the back button of the browser undoes a selection. */
export function selection(): { readonly node: string | null; readonly edge: string | null } {
  const { searchParams } = address.value;
  return { node: searchParams.get('node'), edge: searchParams.get('edge') };
}

export const selectNode = (name: string) => setQuery({ node: name, edge: '' });
export const selectEdge = (id: string) => setQuery({ edge: id, node: '' });
export const selectNothing = () => setQuery({ node: '', edge: '' });

export function focusNode(name: string): void {
  document.querySelector<HTMLElement | SVGElement>(`[data-node="${CSS.escape(name)}"]`)?.focus();
}
