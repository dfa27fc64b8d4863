import type { ReactNode } from "react";

export interface SectionProps {
  readonly title: string;
  /** One sentence: what this is for. */
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** A part of the page under its heading, separated by a line. */
export function Section({ title, about, actions, children }: SectionProps) {
  return (
    <section className="border-t border-line py-5 first:border-t-0 first:pt-0">
      <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <h2 className="text-16 font-semibold text-strong">{title}</h2>
          {about ? <p className="mt-0.5 max-w-[80ch] text-13 text-pretty text-quiet">{about}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}

/** Names and values, one below the other where there is no room beside. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="grid gap-x-4 gap-y-2 text-13 sm:grid-cols-[160px_minmax(0,1fr)]">{children}</dl>;
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0 wrap-anywhere text-normal max-sm:-mt-1.5">{children}</dd>
    </>
  );
}
