"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cx } from "@/components/ui/class-names";

export interface PageTab {
  readonly label: string;
  readonly href: string;
  /** Also the tab of every page below that no other tab leads to. */
  readonly isRest?: boolean;
}

/** The pages of one area under one row of links; the first word stands where the lists below begin. */
export function PageTabs({ label, tabs }: { readonly label: string; readonly tabs: readonly PageTab[] }) {
  const here = tabOf(tabs, usePathname());
  return (
    <nav aria-label={label} className="shrink-0 border-b border-line bg-panel">
      <ul className="-mb-px flex gap-1 overflow-x-auto">
        {tabs.map((tab) => {
          const isHere = tab === here;
          return (
            <li key={tab.label}>
              <Link
                href={tab.href}
                aria-current={isHere ? "page" : undefined}
                className={cx(
                  "focus-inset flex h-10 items-center border-b-2 px-3 text-13 whitespace-nowrap",
                  isHere
                    ? "border-accent font-medium text-strong"
                    : "border-transparent text-normal hover:text-strong",
                )}
              >
                {tab.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** The tab that an address belongs to. */
export function tabOf(tabs: readonly PageTab[], pathname: string): PageTab | null {
  return (
    tabs.find(({ href, isRest }) => !isRest && (pathname === href || pathname.startsWith(`${href}/`))) ??
    tabs.find(({ isRest }) => isRest) ??
    null
  );
}
