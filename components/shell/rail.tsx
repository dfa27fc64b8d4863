"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cx } from "@/components/ui/class-names";
import { routes } from "@/lib/routes";
import { Logo } from "./logo";
import { type PageEntry, pageOf, pages } from "./pages";
import { useCan, useSession } from "./session";

const item =
  "focus-inset flex h-9 items-center gap-3 rounded-control px-2.5 text-quiet hover:bg-raised hover:text-strong";

/** The left rail: icons, with labels from 1600 px on; below that the label is a tip, and always for screen readers. */
export function Rail({ className }: { readonly className?: string }) {
  const { organisation } = useSession();
  const here = pageOf(organisation.slug, usePathname());
  return (
    <nav aria-label="Pages" className={cx("flex-col border-r border-line bg-panel", className)}>
      <Link
        href={routes.incidents(organisation.slug)}
        aria-label="Watchfloor"
        className="focus-inset flex h-top shrink-0 items-center gap-2.5 px-3.5 text-strong"
      >
        <Logo className="size-5 shrink-0" />
        <span className="hidden text-14 font-semibold tracking-tight wide:inline">Watchfloor</span>
      </Link>
      <ul className="flex flex-col gap-0.5 p-1.5">
        {pages.map((page) => (
          <RailItem key={page.label} page={page} isHere={page === here} />
        ))}
      </ul>
    </nav>
  );
}

/** Hidden from people whose role does not reach it. */
function RailItem({ page, isHere }: { readonly page: PageEntry; readonly isHere: boolean }) {
  const { organisation } = useSession();
  const { label, icon: Icon, href, permission } = page;
  if (!useCan(permission)) return null;
  return (
    <li>
      <Link
        href={href(organisation.slug)}
        aria-current={isHere ? "page" : undefined}
        data-tip={label}
        data-tip-side="right"
        data-tip-cut=""
        className={cx(item, isHere && "bg-raised text-strong")}
      >
        <Icon aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.75} />
        <span className="sr-only text-13 font-medium wide:not-sr-only">{label}</span>
      </Link>
    </li>
  );
}
