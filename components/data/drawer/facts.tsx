import type { ReactNode } from "react";
import { Identifier } from "@/components/data/identifier";
import { Time } from "@/components/shell/time";

/** One or more names and values. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="grid grid-cols-[112px_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-13">{children}</dl>;
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0 text-normal wrap-anywhere">{children}</dd>
    </>
  );
}

export interface MomentFactProps {
  readonly name: string;
  readonly value: string | null;
  /** Said when nobody knows it. */
  readonly none?: string;
}

/** A point in time, and how long ago that is. */
export function MomentFact({ name, value, none = "–" }: MomentFactProps) {
  return (
    <Fact name={name}>
      {value === null ? (
        <span className="text-quiet">{none}</span>
      ) : (
        <>
          <Time value={value} mode="absolute" />
          <span className="text-quiet">
            {" · "}
            <Time value={value} /> ago
          </span>
        </>
      )}
    </Fact>
  );
}

/** An id to copy; without one there is no line. */
export function IdFact({ name, value }: { readonly name: string; readonly value: string | null }) {
  if (value === null) return null;
  return (
    <Fact name={name}>
      <Identifier text={value} what={name.toLowerCase()} />
    </Fact>
  );
}
