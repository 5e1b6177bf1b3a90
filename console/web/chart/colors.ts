const count = 8;

/** Colour of the series at this position, in the current theme. */
export function seriesColor(index: number): string {
  return cssColor(`--series-${(index % count) + 1}`);
}

/** Value of a CSS variable such as `--line`. A canvas cannot use CSS variables. */
export function cssColor(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

/**
 * @param color `#rrggbb`
 * @param opacity 0 to 1
 */
export function translucent(color: string, opacity: number): string {
  const alpha = Math.round(Math.min(1, Math.max(0, opacity)) * 255);
  return /^#[\da-f]{6}$/i.test(color) ? `${color}${alpha.toString(16).padStart(2, '0')}` : color;
}
