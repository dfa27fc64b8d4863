import { Workflow } from "lucide-react";

/** The narrow first column has room for its sign only. */
export function StateHead() {
  return <Workflow aria-hidden="true" className="size-3 shrink-0" />;
}
