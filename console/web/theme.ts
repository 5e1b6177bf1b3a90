import { signal } from '@preact/signals';

type Theme = 'light' | 'dark';

const key = 'theme';
const system = matchMedia('(prefers-color-scheme: dark)');

function stored(): Theme | undefined {
  const value = localStorage.getItem(key);
  return value === 'light' || value === 'dark' ? value : undefined;
}

export const theme = signal<Theme>('light');

/** Applies the theme of the user. Without a choice, the page has the theme of the system. */
export function applyTheme(): void {
  theme.value = stored() ?? (system.matches ? 'dark' : 'light');
  document.documentElement.dataset.theme = theme.value;
  system.onchange = applyTheme;
}

export function toggleTheme(): void {
  localStorage.setItem(key, theme.value === 'dark' ? 'light' : 'dark');
  applyTheme();
}
