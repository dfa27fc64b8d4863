"use client";

import { ChevronUp, CircleAlert, OctagonX } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cx } from "@/components/ui/class-names";
import { Spinner } from "@/components/ui/spinner";
import { type StatusLineContent, useStatusContent } from "./status-line-slot";

export { type StatusLineContent, useStatusLine } from "./status-line-slot";

const idle: StatusLineContent = { tone: "idle", summary: "No customer data is read on this page" };

const dot = (fill: string) => (
  <svg viewBox="0 0 16 16" aria-hidden="true" className="size-3 shrink-0">
    <circle cx="8" cy="8" r="4.5" fill={fill} stroke="currentColor" strokeWidth="1.8" />
  </svg>
);

const marks: Record<StatusLineContent["tone"], ReactNode> = {
  live: dot("currentColor"),
  idle: dot("none"),
  busy: <Spinner className="size-3" />,
  partial: <CircleAlert aria-hidden="true" className="size-3.5 shrink-0" />,
  failed: <OctagonX aria-hidden="true" className="size-3.5 shrink-0 text-danger" />,
};

const inks: Record<StatusLineContent["tone"], string> = {
  live: "text-normal",
  idle: "text-quiet",
  busy: "text-normal",
  partial: "text-strong",
  failed: "text-strong",
};

/** The coverage ledger at the foot, always there; it unfolds upwards over the page and moves nothing. */
export function StatusLine({ className }: { readonly className?: string }) {
  const content = useStatusContent() ?? idle;
  return (
    <footer className={cx("relative", className)}>
      {content.details ? <Unfolding content={content} /> : <Line content={content} />}
      <p role="status" className="sr-only">
        {content.announce}
      </p>
    </footer>
  );
}

const lineClass = "flex h-status w-full items-center gap-2 border-t border-line bg-panel px-3 text-12";

function Line({ content }: { readonly content: StatusLineContent }) {
  return (
    <p className={cx(lineClass, inks[content.tone])}>
      {marks[content.tone]}
      <span className="min-w-0 truncate">{content.summary}</span>
    </p>
  );
}

function Unfolding({ content }: { readonly content: StatusLineContent }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", onPointer);
    return () => document.removeEventListener("pointerdown", onPointer);
  }, [isOpen]);
  return (
    <div
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen) return;
        event.preventDefault();
        setOpen(false);
        button.current?.focus();
      }}
    >
      {isOpen ? (
        <section
          id={id}
          aria-label="What this page rests on"
          tabIndex={-1}
          className="absolute bottom-full left-0 z-20 max-h-[min(60dvh,480px)] w-full max-w-180 overflow-y-auto overscroll-contain rounded-tr-panel border-t border-r border-line bg-panel p-4 text-13 shadow-overlay"
        >
          {content.details}
        </section>
      ) : null}
      <button
        ref={button}
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen((now) => !now)}
        className={cx(
          lineClass,
          inks[content.tone],
          "focus-inset text-left hover:bg-raised hover:text-strong",
        )}
      >
        {marks[content.tone]}
        <span className="min-w-0 truncate">{content.summary}</span>
        <ChevronUp
          aria-hidden="true"
          className={cx("size-3.5 shrink-0 text-quiet transition-[rotate]", isOpen && "rotate-180")}
        />
      </button>
    </div>
  );
}
