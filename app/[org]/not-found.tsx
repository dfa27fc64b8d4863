import { FileQuestion } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <EmptyState icon={FileQuestion} title="There is nothing here, or it is not yours to see">
      The address may be mistyped, or it belongs to a workspace that you are not assigned to.
    </EmptyState>
  );
}
