"use client";

import { useState } from "react";

interface Held<Row> {
  readonly source: readonly Row[];
  readonly rows: readonly Row[];
  readonly bySignature: ReadonlyMap<string, Row>;
}

function hold<Row>(
  source: readonly Row[],
  signatureOf: (row: Row) => string,
  before: ReadonlyMap<string, Row>,
): Held<Row> {
  const bySignature = new Map<string, Row>();
  const rows = source.map((row) => {
    const signature = signatureOf(row);
    const same = before.get(signature) ?? row;
    bySignature.set(signature, same);
    return same;
  });
  return { source, rows, bySignature };
}

/**
 * The rows, each the object it was before as long as it shows the same: a list marks a row that is another object as changed,
 * and a new reading makes new objects of all of them.
 * @param signatureOf what the row shows, as text; the same function always
 */
export function useSameRows<Row>(rows: readonly Row[], signatureOf: (row: Row) => string): readonly Row[] {
  const [held, setHeld] = useState(() => hold(rows, signatureOf, new Map()));
  if (held.source === rows) return held.rows;
  const next = hold(rows, signatureOf, held.bySignature);
  setHeld(next);
  return next.rows;
}
