"use client";

import { LockKeyhole } from "lucide-react";
import { useCan, useSession } from "@/components/shell/session";
import { EmptyState } from "@/components/ui/empty-state";
import { AuditList } from "./audit-list";

/** Who did what in this organisation, and how it ended. */
export function AuditTrail() {
  const mayRead = useCan("audit:read");
  const { role } = useSession();
  if (mayRead) return <AuditList />;
  return (
    <EmptyState icon={LockKeyhole} title="The audit is for administrators">
      Your role here is {role}; it does not include the permission audit:read. An administrator of this
      organisation can change your role.
    </EmptyState>
  );
}
