import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button-class";
import { routes } from "@/lib/routes";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing here, or it is not yours to see"
      actions={
        <a href={routes.home()} className={buttonClass("primary", "large")}>
          Go to your incidents
        </a>
      }
    >
      <p>The address may be mistyped, or it belongs to an organisation that you are not a member of.</p>
    </MessagePage>
  );
}
