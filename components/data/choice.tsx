"use client";

import { ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, type MenuItem } from "@/components/ui/menu";

export interface ChoiceProps<Value extends string> {
  readonly name: string;
  /** Said while nothing is chosen. */
  readonly none: string;
  readonly value: Value | null;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value | null) => void;
}

/** One filter with one value or none: a button that says what is chosen, and a menu of what there is. */
export function Choice<Value extends string>({ name, none, value, options, onChange }: ChoiceProps<Value>) {
  const chosen = options.find((option) => option.value === value);
  const said = value === null ? none : (chosen?.label ?? value);
  const items: (MenuItem | "separator")[] = [
    {
      label: none.charAt(0).toUpperCase() + none.slice(1),
      checked: value === null,
      run: () => onChange(null),
    },
    ...(options.length > 0 ? (["separator"] as const) : []),
    ...options.map((option) => ({
      label: option.label,
      checked: option.value === value,
      run: () => onChange(option.value),
    })),
  ];
  return (
    <Menu
      label={name}
      items={items}
      trigger={(props) => (
        <Button {...props} aria-label={`${name}: ${said}`}>
          <span className="text-quiet">{name}</span>
          <span className="max-w-44 truncate">{said}</span>
          <ChevronDown aria-hidden="true" className="size-3.5 text-quiet" />
        </Button>
      )}
    />
  );
}
