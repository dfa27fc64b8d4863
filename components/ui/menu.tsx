"use client";

import { Check, type LucideIcon } from "lucide-react";
import Link from "next/link";
import type { KeyboardEvent, ReactNode } from "react";
import { cx } from "./class-names";
import { Kbd } from "./kbd";
import { moveFocus } from "./menu-keys";
import type { Align } from "./place-overlay";
import { Popover, type TriggerProps } from "./popover";

export interface MenuItem {
  readonly label: string;
  /** Tells it from others of the same label. */
  readonly id?: string;
  /** Said quietly at the end of the line. */
  readonly note?: string;
  readonly icon?: LucideIcon;
  /** Does something. An item has `run` or `href`. */
  readonly run?: () => void;
  /** Leads somewhere inside Watchfloor. */
  readonly href?: string;
  /** For one of several: whether it is the chosen one. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly shortcut?: string;
}

export interface MenuProps {
  readonly label: string;
  readonly trigger: (props: TriggerProps) => ReactNode;
  readonly items: readonly (MenuItem | "separator")[];
  readonly align?: Align;
  /** Drawn above the items, such as who is signed in. */
  readonly header?: ReactNode;
}

export interface MenuItemsProps extends Pick<MenuProps, "items" | "header"> {
  readonly close: () => void;
}

/** A button's list of actions or choices. Arrow keys, Home, End and first letters move; Enter and Space choose. */
export function Menu({ label, trigger, items, align, header }: MenuProps) {
  return (
    <Popover label={label} trigger={trigger} align={align} role="menu" className="min-w-48 max-w-80 p-1">
      {(close) => <MenuItems items={items} header={header} close={close} />}
    </Popover>
  );
}

/** The lines of a menu, for a popover of the role `menu` whose lines come later than its button. */
export function MenuItems({ items, header, close }: MenuItemsProps) {
  return (
    <div role="presentation" onKeyDown={(event) => onKey(event, close)}>
      {header ? (
        <div role="presentation" className="mb-1 border-b border-line px-2 pt-1 pb-2 text-13">
          {header}
        </div>
      ) : null}
      {items.map((item, n) =>
        item === "separator" ? (
          <div key={`separator ${n}`} role="separator" className="my-1 border-t border-line" />
        ) : (
          <MenuLine key={item.id ?? item.label} item={item} close={close} />
        ),
      )}
    </div>
  );
}

function onKey(event: KeyboardEvent<HTMLDivElement>, close: () => void): void {
  if (event.key === "Tab") close();
  else moveFocus(event, [...event.currentTarget.querySelectorAll<HTMLElement>("[role^='menuitem']")]);
}

function MenuLine({ item, close }: { readonly item: MenuItem; readonly close: () => void }) {
  const { icon: Icon, checked } = item;
  const shared = {
    role: checked === undefined ? "menuitem" : "menuitemradio",
    "aria-checked": checked,
    tabIndex: -1,
    "data-autofocus": checked === true ? "" : undefined,
    className: cx(
      "focus-inset flex h-8 w-full items-center gap-2 rounded-control px-2 text-left text-13 whitespace-nowrap",
      "hover:bg-raised focus:bg-raised focus:outline-none focus-visible:outline-2",
      "aria-disabled:opacity-45 aria-disabled:hover:bg-transparent",
      item.danger ? "text-danger" : "text-strong",
    ),
  };
  const body = (
    <>
      {Icon ? <Icon aria-hidden="true" className="size-4 shrink-0 text-quiet" strokeWidth={1.75} /> : null}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.note ? <span className="max-w-36 truncate text-12 text-quiet">{item.note}</span> : null}
      {checked ? <Check aria-hidden="true" className="size-4 shrink-0 text-accent" /> : null}
      {item.shortcut ? <Kbd keys={item.shortcut} /> : null}
    </>
  );
  if (item.href !== undefined)
    return (
      <Link href={item.href} prefetch={false} onClick={close} {...shared}>
        {body}
      </Link>
    );
  const choose = () => {
    if (item.disabled) return;
    close();
    item.run?.();
  };
  return (
    <button type="button" aria-disabled={item.disabled} onClick={choose} {...shared}>
      {body}
    </button>
  );
}
