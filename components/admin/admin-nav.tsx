"use client";

import { PageTabs } from "@/components/shell/page-tabs";
import { useSession } from "@/components/shell/session";
import { adminSections } from "./sections";

/** The pages of the administration that the person's role reaches. */
export function AdminNav() {
  const { organisation, permissions } = useSession();
  const sections = adminSections.filter(({ permission }) => permissions.includes(permission));
  if (sections.length === 0) return null;
  return (
    <PageTabs
      label="Administration"
      tabs={sections.map(({ label, href }) => ({ label, href: href(organisation.slug) }))}
    />
  );
}
