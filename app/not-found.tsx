import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button";
import { routes } from "@/lib/routes";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing here, or it is not yours to see"
      actions={
        <Link href={routes.home()} className={buttonClass("primary", "large")}>
          Go to your incidents
        </Link>
      }
    >
      <p>The address may be mistyped, or it belongs to an organisation that you are not a member of.</p>
    </MessagePage>
  );
}
