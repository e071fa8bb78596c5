import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { flushSync } from 'react-dom';
import { drawsOtherwise, moveTo, reveal, rowsInView, settledTop, trackHeight } from './scroll-window.js';
import type { ScrollGeometry, ScrollPlace } from './scroll-window.js';

/** Milliseconds without scrolling after which the bar is put where it belongs. */
const settleMs = 160;

/** Pixels of the element that show rows, kept up with its size. */
function useViewport(
  element: RefObject<HTMLDivElement | null>,
  headHeight: number,
  rowHeight: number,
): number {
  const [viewport, setViewport] = useState(600);
  useLayoutEffect(() => {
    const scroller = element.current;
    if (!scroller) return undefined;
    const measure = () => setViewport(Math.max(scroller.clientHeight - headHeight, rowHeight));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [element, headHeight, rowHeight]);
  return viewport;
}

/** The scrolling element of a grid: its place in the list, the rows to draw, and moves by key. */
export function useScroll(rows: number, rowHeight: number, headHeight: number, listKey: string) {
  const element = useRef<HTMLDivElement>(null);
  const viewport = useViewport(element, headHeight, rowHeight);
  const [place, setPlace] = useState<ScrollPlace>({ physical: 0, logical: 0 });
  const placeNow = useRef(place);
  const ignore = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const geometry: ScrollGeometry = { rows, rowHeight, viewport };
  const geometryNow = useRef(geometry);
  useEffect(() => {
    geometryNow.current = geometry;
  });

  const put = useCallback((next: ScrollPlace) => {
    const before = placeNow.current;
    placeNow.current = next;
    if (drawsOtherwise(before, next, geometryNow.current)) setPlace(next);
  }, []);

  useEffect(() => () => clearTimeout(timer.current), []);

  const scrollTo = useCallback(
    (logical: number) => {
      const scroller = element.current;
      if (!scroller) return;
      const top = settledTop(logical, geometryNow.current);
      if (Math.abs(scroller.scrollTop - top) > 0.5) {
        const before = scroller.scrollTop;
        scroller.scrollTop = top;
        ignore.current = scroller.scrollTop !== before; // then the browser tells of it, and it is ours
      }
      put({ physical: scroller.scrollTop, logical });
    },
    [put],
  );

  const onScroll = useCallback(() => {
    const scroller = element.current;
    if (!scroller) return;
    if (ignore.current) {
      ignore.current = false;
      return;
    }
    if (scroller.scrollTop !== placeNow.current.physical) {
      const next = moveTo(placeNow.current, scroller.scrollTop, geometryNow.current);
      flushSync(() => put(next)); // in this frame: in the next one, a fast wheel would have shown bare ground
    }
    clearTimeout(timer.current);
    timer.current = setTimeout(() => scrollTo(placeNow.current.logical), settleMs);
  }, [put, scrollTo]);

  // Another list begins at its top.
  const lastList = useRef(listKey);
  useEffect(() => {
    if (lastList.current === listKey) return;
    lastList.current = listKey;
    scrollTo(0);
  }, [listKey, scrollTo]);

  const showRow = useCallback(
    (row: number) => scrollTo(reveal(placeNow.current.logical, row, geometryNow.current)),
    [scrollTo],
  );

  const end = Math.max(rows * rowHeight - viewport, 0);
  const logical = Math.min(place.logical, end);
  const inView = rowsInView(logical, geometry);
  return {
    element,
    onScroll,
    showRow,
    ...inView,
    track: trackHeight(geometry),
    /** Pixels from the top of the track to the first drawn row. */
    offset: place.physical + inView.first * rowHeight - logical,
    pageRows: Math.max(Math.floor(viewport / rowHeight) - 1, 1),
  };
}
