"use client";

import { Plus, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { TextField } from "@/components/ui/text-field";
import { eventCatalogue, isKnownEvent } from "./event-catalogue";
import { eventTypeFault } from "./form-checks";

export interface EventTypesFieldProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly error: string | undefined;
}

/** Which events a webhook gets: the documented ones with a sentence each, and others by their name. */
export function EventTypesField({ chosen, onChange, error }: EventTypesFieldProps) {
  const id = useId();
  const others = chosen.filter((type) => !isKnownEvent(type));
  const without = (type: string) => chosen.filter((other) => other !== type);
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className="flex flex-col gap-2">
      <legend className="mb-1.5 text-13 font-medium text-normal">Events</legend>
      {eventCatalogue.map(({ type, about }) => (
        <div key={type}>
          <Checkbox
            name="eventTypes"
            label={<code className="font-mono">{type}</code>}
            checked={chosen.includes(type)}
            aria-describedby={`${id}-${type}`}
            onChange={(event) => onChange(event.target.checked ? [...chosen, type] : without(type))}
          />
          <p id={`${id}-${type}`} className="pl-6 text-12 text-pretty text-quiet">
            {about}
          </p>
        </div>
      ))}
      {others.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5" aria-label="Events by name">
          {others.map((type) => (
            <li
              key={type}
              className="inline-flex h-7 max-w-full items-center gap-1 rounded-control border border-line bg-raised pl-2 text-13"
            >
              <code className="truncate font-mono text-normal">{type}</code>
              <button
                type="button"
                aria-label={`Remove ${type}`}
                onClick={() => onChange(without(type))}
                className="focus-inset inline-flex h-full w-6 shrink-0 items-center justify-center text-quiet hover:text-strong"
              >
                <X aria-hidden="true" className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <OtherEvent onAdd={(type) => onChange([...without(type), type])} />
      {error ? (
        <p id={`${id}-error`} className="text-12 text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

function OtherEvent({ onAdd }: { readonly onAdd: (type: string) => void }) {
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const add = () => {
    const found = eventTypeFault(text);
    setFault(found);
    if (found === null) {
      onAdd(text.trim());
      setText("");
    }
    root.current?.querySelector("input")?.focus();
  };
  return (
    <div ref={root} className="flex items-start gap-2">
      <TextField
        label="Another event"
        hideLabel
        placeholder="Another event, such as ticket.closed.v1"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={text}
        error={fault ?? undefined}
        onChange={(event) => {
          setText(event.target.value);
          setFault(null);
        }}
        onKeyDown={(event) => {
          // Enter adds the event; it must not send the form around it.
          if (event.key !== "Enter") return;
          event.preventDefault();
          add();
        }}
        className="flex-1"
      />
      <Button onClick={add}>
        <Plus aria-hidden="true" className="size-4" />
        Add
      </Button>
    </div>
  );
}
