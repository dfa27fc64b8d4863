"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useSession } from "@/components/shell/session";
import { cx } from "@/components/ui/class-names";
import { adminSections } from "./sections";

/** The pages of the administration that the person's role reaches. */
export function AdminNav() {
  const { organisation, permissions } = useSession();
  const pathname = usePathname();
  const sections = adminSections.filter(({ permission }) => permissions.includes(permission));
  if (sections.length === 0) return null;
  return (
    <nav aria-label="Administration" className="border-b border-line bg-panel px-4 sm:px-6">
      <ul className="-mb-px flex gap-1 overflow-x-auto">
        {sections.map(({ label, href }) => {
          const isHere = pathname === href(organisation.slug);
          return (
            <li key={label}>
              <Link
                href={href(organisation.slug)}
                aria-current={isHere ? "page" : undefined}
                className={cx(
                  "focus-inset flex h-10 items-center border-b-2 px-3 text-13 whitespace-nowrap",
                  isHere
                    ? "border-accent font-medium text-strong"
                    : "border-transparent text-normal hover:text-strong",
                )}
              >
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
