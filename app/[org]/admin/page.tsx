import { redirect } from "next/navigation";
import { routes } from "@/lib/routes";

interface PageProps {
  readonly params: Promise<{ readonly org: string }>;
}

/** The administration begins with its first page. */
export default async function AdminPage({ params }: PageProps) {
  redirect(routes.members((await params).org));
}
