import type { ReactNode } from "react";
import { AdminNav } from "@/components/admin/admin-nav";

/** The administration: its pages under one row of links. Each page and each call decides rights by itself. */
export default function AdminLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <AdminNav />
      {children}
    </>
  );
}
