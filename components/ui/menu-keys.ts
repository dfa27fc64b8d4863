/** Moves the focus among the lines of a menu or list as a key asks for; a key that does not move is left alone. */
export function moveFocus(
  event: Pick<KeyboardEvent, "key" | "preventDefault">,
  lines: readonly HTMLElement[],
): void {
  const next = nextIndex(
    event.key,
    lines.findIndex((line) => line === document.activeElement),
    lines.map((line) => line.textContent ?? ""),
  );
  if (next === null) return;
  event.preventDefault();
  lines[next]?.focus();
}

/**
 * Which line of a menu a key leads to; null when the key does not move. `at` is the line that has the focus (-1:
 * none). Arrows go round the ends; a letter goes to the next line that starts with it.
 */
export function nextIndex(key: string, at: number, lines: readonly string[]): number | null {
  const count = lines.length;
  if (count === 0) return null;
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return at <= 0 ? count - 1 : at - 1;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (key.length !== 1 || key === " ") return null;
  for (let step = 1; step <= count; step += 1) {
    const n = (at + step + count) % count;
    if (lines[n]?.trim().toLowerCase().startsWith(key.toLowerCase())) return n;
  }
  return null;
}
