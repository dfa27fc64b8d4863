import { useEffect, useState } from "react";

/** Someone stepping from row to row with a held key asks for none of those in between. */
const restMs = 150;

/** False for a moment after `value` has changed; true from the start. */
export function useResting(value: string): boolean {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested === value;
}
