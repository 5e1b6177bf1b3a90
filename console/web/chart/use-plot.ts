import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';

export interface PlotSource {
  /** A change of this text creates a new plot. New data does not. */
  readonly shape: string;
  readonly options: () => Omit<uPlot.Options, 'width' | 'height'>;
  readonly data: uPlot.AlignedData;
  /** Height of the plot in CSS pixels. With `fill`, the plot is as high as the element around it. */
  readonly height: number | 'fill';
}

export interface Pointer {
  /** Position in `data` of the point whose time is nearest to the mouse pointer. */
  readonly index: number;
  /** Unix time in seconds. */
  readonly time: number;
  /** Position in the window, in CSS pixels. */
  readonly x: number;
  readonly y: number;
}

const minSize = 40;

/** New data reuses the uPlot chart. A new `shape` or `height` creates another chart. */
export function usePlot({ shape, options, data, height }: PlotSource) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [pointer, setPointer] = useState<Pointer>();

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const size = () => ({
      width: Math.max(minSize, element.clientWidth),
      height: height === 'fill' ? Math.max(minSize, element.clientHeight) : height,
    });
    const own = options();
    const created = new uPlot(
      { ...own, ...size(), hooks: { ...own.hooks, setCursor: [(u) => setPointer(pointerOf(u))] } },
      data,
      element,
    );
    plot.current = created;
    const resized = new ResizeObserver(() => {
      const next = size();
      if (created.width !== next.width || created.height !== next.height) created.setSize(next);
    });
    resized.observe(element);
    return () => {
      resized.disconnect();
      created.destroy();
      plot.current = null;
      setPointer(undefined);
    };
  }, [shape, height]);

  useEffect(() => {
    plot.current?.setData(data);
  }, [data]);

  return { host, plot, pointer };
}

function pointerOf(plot: uPlot): Pointer | undefined {
  const { idx, left = -1, top = -1 } = plot.cursor;
  // A shared crosshair also sets the cursor of charts without the pointer.
  if (typeof idx !== 'number' || left < 0 || !plot.over.matches(':hover')) return undefined;
  const { x, y } = plot.over.getBoundingClientRect();
  const time = plot.data[0][idx];
  return time === undefined ? undefined : { index: idx, time, x: x + left, y: y + top };
}

/** Charts with the same `key` share the crosshair. Each chart keeps its own selection. */
export function sharedCrosshair(key: string | undefined): uPlot.Cursor.Sync | undefined {
  const isShared = (type: string) => type === 'mousemove' || type === 'mouseleave';
  return key === undefined
    ? undefined
    : { key, setSeries: false, filters: { pub: (type) => isShared(type), sub: (type) => isShared(type) } };
}
