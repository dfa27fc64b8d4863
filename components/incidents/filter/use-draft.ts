import { useEffect, useEffectEvent, useRef, useState } from "react";

/**
 * A choice that is shown at once and handed on after a pause, so that ticking three boxes asks upstream once. What is
 * still unsent when the component leaves is handed on then.
 */
export function useDraft<Value>(
  given: Value,
  commit: (value: Value) => void,
  delayMs: number,
): readonly [Value, (value: Value) => void] {
  const [draft, setDraft] = useState<{ readonly value: Value } | null>(null);
  const pending = useRef<{ readonly value: Value } | null>(null);
  const send = useEffectEvent(() => {
    const waiting = pending.current;
    pending.current = null;
    setDraft(null);
    if (waiting !== null) commit(waiting.value);
  });
  useEffect(() => {
    if (draft === null) return;
    pending.current = draft;
    const timer = setTimeout(send, delayMs);
    return () => clearTimeout(timer);
  }, [draft, delayMs]);
  useEffect(() => () => send(), []);
  return [draft === null ? given : draft.value, (value) => setDraft({ value })];
}
