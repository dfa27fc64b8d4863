import { type RefObject, useEffect, useEffectEvent, useState } from "react";

/** Width of an element in CSS pixels as it changes; before it is known, wider than any limit. */
export function useWidth(elementRef: RefObject<HTMLElement | null>, onResize: () => void): number {
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY);
  const resized = useEffectEvent(onResize);
  useEffect(() => {
    const target = elementRef.current;
    if (target === null) return;
    const observer = new ResizeObserver(() => {
      setWidth(target.clientWidth);
      resized();
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, [elementRef]);
  return width;
}
