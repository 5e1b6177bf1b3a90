const count = 8;

/** Colour of a series from the page's theme. It depends on the position of the series. */
export function seriesColor(index: number): string {
  return cssColor(`--series-${(index % count) + 1}`);
}

/** Value of a colour variable of the theme, such as `--line`. A canvas cannot use the variable itself. */
export function cssColor(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

/** A colour `#rrggbb` with an opacity between 0 and 1. */
export function translucent(color: string, opacity: number): string {
  const alpha = Math.round(Math.min(1, Math.max(0, opacity)) * 255);
  return /^#[\da-f]{6}$/i.test(color) ? `${color}${alpha.toString(16).padStart(2, '0')}` : color;
}
