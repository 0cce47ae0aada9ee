import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useReducer, useState } from 'react';
import { flushSync } from 'react-dom';

/** Pixels that every browser lets an element be tall; Firefox stops at 17 million. */
const tallest = 10_000_000;
const page = tallest / 100;

/**
 * Rows of one height, however many. Where they are taller together than an element can be, the element is as tall as it can be and stands
 * for one page of them after the other: scrolling by less than a screen moves by just as much and turns the page unseen, a longer way goes
 * to the same share of the whole.
 */
class TallElement {
  offset = 0;
  real = 0;
  private total = 0;
  private pages = 1;
  private step = 0;
  private previous = 0;

  constructor(private readonly isMoved: () => void) {}

  /** Takes how tall the rows are together. */
  fit(total: number) {
    this.total = total;
    this.real = Math.min(total, tallest);
    this.pages = Math.max(1, Math.floor(total / page));
    this.step = this.pages > 1 ? (total - this.real) / (this.pages - 1) : 0;
    this.offset = Math.min(this.offset, total - this.real);
  }

  /** Goes to a place of the whole. */
  place(element: Element, y: number) {
    this.turnTo(Math.floor(y / page));
    const top = y - this.offset;
    if (Math.abs(element.scrollTop - top) >= 1)
      element.scrollTop = top;
    this.previous = element.scrollTop;
  }

  /** Follows what somebody has scrolled, and tells the place of the whole that this is. */
  follow(element: Element): number {
    const top = element.scrollTop;
    const furthest = element.scrollHeight - element.clientHeight;
    if (Math.abs(top - this.previous) < element.clientHeight)
      this.place(element, Math.min(Math.max(top + this.offset, 0), furthest + this.total - this.real));
    else
      this.turnTo(Math.floor((top / furthest) * (this.total / page)));
    this.previous = element.scrollTop;
    return this.previous + this.offset;
  }

  private turnTo(number: number) {
    const offset = Math.round(Math.min(this.pages - 1, number) * this.step);
    if (offset !== this.offset) {
      this.offset = offset;
      flushSync(this.isMoved); // with the new place in the same frame
    }
  }
}

/** The rows in sight, each with its place in the element, and a way to bring one into sight. */
export function useTallRows(scroller: RefObject<HTMLElement | null>, count: number, height: number) {
  const [, isMoved] = useReducer((times: number) => times + 1, 0);
  const [tall] = useState(() => new TallElement(isMoved));
  tall.fit(count * height);
  const rows = useVirtualizer({
    count, overscan: 12, estimateSize: () => height, getScrollElement: () => scroller.current,
    observeElementOffset: (instance, tell) => {
      const element = instance.scrollElement;
      if (!element)
        return undefined;
      const listen = () => tell(tall.follow(element), false);
      listen();
      element.addEventListener('scroll', listen, { passive: true });
      return () => element.removeEventListener('scroll', listen);
    },
  });
  useEffect(() => rows.measure(), [rows, height]);
  return {
    rows: rows.getVirtualItems().map(({ key, index, start }) => ({ key, index, top: start - tall.offset })),
    height: tall.real,
    show(index: number) {
      const element = scroller.current;
      if (!element)
        return;
      const seen = element.scrollTop + tall.offset;
      const room = element.clientHeight - 2 * height; // the headings lie over the first row
      const y = index * height;
      if (y < seen || y > seen + room)
        tall.place(element, Math.max(0, y < seen ? y : y - room));
    },
  };
}
