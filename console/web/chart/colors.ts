const count = 8;

/** The colour of a series by its position, from the page's theme. */
export function seriesColor(index: number): string {
  return cssColor(`--series-${(index % count) + 1}`);
}

/** The value of a colour of the theme, such as `--line`. A canvas cannot use the variable itself. */
export function cssColor(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

/** A colour `#rrggbb` with an opacity from 0 to 1. */
export function translucent(color: string, opacity: number): string {
  const alpha = Math.round(Math.min(1, Math.max(0, opacity)) * 255);
  return /^#[\da-f]{6}$/i.test(color) ? `${color}${alpha.toString(16).padStart(2, '0')}` : color;
}
