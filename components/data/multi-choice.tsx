"use client";

import { ChevronDown, Search } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Popover } from "@/components/ui/popover";
import { TextField } from "@/components/ui/text-field";

export interface MultiChoiceProps<Value extends string> {
  readonly name: string;
  /** Said while nothing is chosen. */
  readonly none: string;
  readonly values: readonly Value[];
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (values: readonly Value[]) => void;
}

/** A list longer than this can be searched. */
const searchableFrom = 9;

/** One filter with any number of values: a button that says what is chosen, and the values to tick. */
export function MultiChoice<Value extends string>(props: MultiChoiceProps<Value>) {
  const { name, none, values, options } = props;
  const labelOf = (value: Value) => options.find((option) => option.value === value)?.label ?? value;
  const [first] = values;
  const said = first === undefined ? none : values.length === 1 ? labelOf(first) : `${values.length} chosen`;
  const spoken = values.length > 1 ? values.map(labelOf).join(", ") : said;
  return (
    <Popover
      label={name}
      trigger={(trigger) => (
        <Button
          {...trigger}
          aria-label={`${name}: ${spoken}`}
          data-tip={values.length > 1 ? spoken : undefined}
        >
          <span className="text-quiet">{name}</span>
          <span className="max-w-44 truncate">{said}</span>
          <ChevronDown aria-hidden="true" className="size-3.5 text-quiet" />
        </Button>
      )}
    >
      <Values {...props} />
    </Popover>
  );
}

function Values<Value extends string>({ name, values, options, onChange }: MultiChoiceProps<Value>) {
  const [words, setWords] = useState("");
  const wanted = words.trim().toLowerCase();
  const found = options.filter(({ label }) => label.toLowerCase().includes(wanted));
  const toggle = (value: Value) =>
    onChange(values.includes(value) ? values.filter((held) => held !== value) : [...values, value]);
  return (
    <div className="flex w-64 max-w-[calc(100vw-32px)] flex-col">
      {options.length >= searchableFrom ? (
        <div className="border-b border-line p-2">
          <TextField
            label={`Find: ${name}`}
            hideLabel
            placeholder="Find"
            size="small"
            lead={<Search aria-hidden="true" className="size-3.5" />}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            data-autofocus=""
          />
        </div>
      ) : null}
      <ul className="max-h-80 overflow-y-auto p-1">
        {found.map(({ value, label }) => (
          <li key={value}>
            <Checkbox
              label={label}
              checked={values.includes(value)}
              onChange={() => toggle(value)}
              className="h-8 rounded-control px-2 text-strong hover:bg-raised"
            />
          </li>
        ))}
        {found.length === 0 ? <li className="px-2 py-3 text-13 text-quiet">No such value</li> : null}
      </ul>
      {values.length > 0 ? (
        <div className="border-t border-line p-1">
          <Button variant="quiet" size="small" onClick={() => onChange([])}>
            Choose none
          </Button>
        </div>
      ) : null}
    </div>
  );
}
