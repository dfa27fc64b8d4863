import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { StatusLine, type StatusLineContent, useStatusLine } from "./status-line";

afterEach(cleanup);

function Page({ content }: { readonly content: StatusLineContent }) {
  useStatusLine(content);
  return null;
}

const partial: StatusLineContent = {
  tone: "partial",
  summary: "38 of 40 workspaces current",
  details: <p>Contoso, not read since 14:02</p>,
  announce: "2 workspaces could not be read",
};

const frame = (content: StatusLineContent | null) => (
  <>
    {content ? <Page content={content} /> : null}
    <StatusLine />
  </>
);

describe("StatusLine: every page says what it rests on", () => {
  it("says so when a page reads nothing, and again when a page has left", () => {
    const { container, rerender } = render(frame(null));
    expect(container.textContent).toContain("No customer data is read");
    rerender(frame(partial));
    expect(container.textContent).toContain("38 of 40 workspaces current");
    rerender(frame(null));
    expect(container.textContent).toContain("No customer data is read");
    expect(container.textContent).not.toContain("38 of 40");
  });

  it("unfolds who is missing, and folds on Esc with the focus back on the line", () => {
    render(frame(partial));
    const line = screen.getByRole("button", { name: /38 of 40/ });
    expect(screen.queryByText(/Contoso/)).toBeNull();
    fireEvent.click(line);
    expect(line.getAttribute("aria-expanded")).toBe("true");
    const details = screen.getByText(/Contoso/);
    details.closest("section")?.focus();
    fireEvent.keyDown(details, { key: "Escape" });
    expect(screen.queryByText(/Contoso/)).toBeNull();
    expect(document.activeElement).toBe(line);
  });

  it("folds on a click elsewhere, but not on one inside", () => {
    render(frame(partial));
    fireEvent.click(screen.getByRole("button"));
    fireEvent.pointerDown(screen.getByText(/Contoso/));
    expect(screen.queryByText(/Contoso/)).not.toBeNull();
    fireEvent.pointerDown(document.body);
    expect(screen.queryByText(/Contoso/)).toBeNull();
  });

  it("has nothing to press when there is nothing to unfold", () => {
    render(frame({ tone: "live", summary: "All current" }));
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("speaks only what the page wants spoken", () => {
    render(frame(partial));
    expect(screen.getByRole("status").textContent).toBe("2 workspaces could not be read");
  });
});
