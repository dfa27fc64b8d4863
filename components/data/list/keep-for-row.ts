import type { MouseEvent } from "react";

/** For links in a row: a click without a modifier belongs to the row, one with opens the link beside. */
export function keepForRow(event: MouseEvent): void {
  if (!event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) event.preventDefault();
  else event.stopPropagation();
}
