"use client";

import { LockKeyhole } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import type { AnyPermission } from "@/lib/domain/access";
import { useCan, useSession } from "./session";

export interface NeedsPermissionProps {
  readonly permission: AnyPermission;
  /** Whose the page is, such as "The audit is for administrators". */
  readonly title: string;
  readonly children: ReactNode;
}

/** A page for those who hold a permission; the others learn which one, and who can give it. The server decides by itself. */
export function NeedsPermission({ permission, title, children }: NeedsPermissionProps) {
  const isAllowed = useCan(permission);
  const { role } = useSession();
  if (isAllowed) return children;
  return (
    <EmptyState icon={LockKeyhole} title={title}>
      Your role here is {role}; it does not include the permission {permission}. An administrator of this
      organisation can change your role.
    </EmptyState>
  );
}
