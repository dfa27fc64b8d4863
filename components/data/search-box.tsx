"use client";

import { Search, X } from "lucide-react";
import { type Ref, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { TextField } from "@/components/ui/text-field";

export interface SearchBoxProps {
  readonly ref: Ref<HTMLInputElement>;
  /** What it searches, spoken: "Search number, title and description". */
  readonly label: string;
  readonly text: string;
  readonly onSearch: (text: string) => void;
  /** Esc in an empty or untouched box: back to the list. */
  readonly onLeave: () => void;
  readonly className?: string;
}

/** Free text, searched by ContraForce. It is sent on Enter or on leaving the box, since each change reads everything anew. */
export function SearchBox({ ref, label, text, onSearch, onLeave, className }: SearchBoxProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? text;
  const send = (next: string) => {
    setDraft(null);
    if (next.trim() !== text) onSearch(next.trim());
  };
  return (
    <form
      role="search"
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        send(shown);
      }}
    >
      <TextField
        ref={ref}
        label={label}
        hideLabel
        type="search"
        enterKeyHint="search"
        placeholder="Search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={shown}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => send(shown)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          setDraft(null);
          onLeave();
        }}
        lead={<Search aria-hidden="true" className="size-4" strokeWidth={1.75} />}
        trail={
          shown === "" ? (
            <span className="pr-1.5 max-sm:hidden">
              <Kbd keys="/" />
            </span>
          ) : (
            <IconButton icon={X} label="Clear the search" size="small" onClick={() => send("")} />
          )
        }
      />
    </form>
  );
}
