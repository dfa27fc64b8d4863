"use client";

import { NeedsPermission } from "@/components/shell/needs-permission";
import { AuditList } from "./audit-list";

/** Who did what in this organisation, and how it ended. */
export function AuditTrail() {
  return (
    <NeedsPermission permission="audit:read" title="The audit is for administrators">
      <AuditList />
    </NeedsPermission>
  );
}
