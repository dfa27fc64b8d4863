import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Dialog } from "./dialog";

afterEach(cleanup);

function Page({ onClose, field = true }: { readonly onClose?: () => void; readonly field?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    onClose?.();
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      <Dialog open={isOpen} onClose={close} title="Save view" description="For you alone.">
        {field ? <input aria-label="Name" /> : <p>Nothing to fill in.</p>}
      </Dialog>
    </>
  );
}

function open() {
  const opener = screen.getByRole("button", { name: "Open" });
  opener.focus();
  fireEvent.click(opener);
  return opener;
}

describe("Dialog", () => {
  it("is not in the page while closed", () => {
    render(<Page />);
    expect(document.querySelector("dialog")).toBeNull();
  });

  it("is modal, named and described", () => {
    render(<Page />);
    open();
    const dialog = screen.getByRole("dialog");
    expect((dialog as HTMLDialogElement).open).toBe(true);
    const text = (attribute: string) =>
      document.getElementById(dialog.getAttribute(attribute) ?? "")?.textContent;
    expect(text("aria-labelledby")).toBe("Save view");
    expect(text("aria-describedby")).toBe("For you alone.");
  });

  it("takes the focus into its first field, and gives it back to where it was", () => {
    render(<Page />);
    const opener = open();
    expect(document.activeElement).toBe(screen.getByLabelText("Name"));
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(document.querySelector("dialog")).toBeNull();
    expect(document.activeElement).toBe(opener);
  });

  it("takes the focus itself when it has no field", () => {
    render(<Page field={false} />);
    open();
    expect(document.activeElement).toBe(screen.getByRole("dialog"));
  });

  it("closes on Esc by its own state, and on a click beside it, but not on a click inside", () => {
    const onClose = vi.fn();
    render(<Page onClose={onClose} />);
    open();
    const cancel = new Event("cancel", { cancelable: true });
    fireEvent(screen.getByRole("dialog"), cancel);
    expect(cancel.defaultPrevented).toBe(true);
    expect(onClose).toHaveBeenCalledTimes(1);
    open();
    fireEvent.click(screen.getByText("Save view"));
    expect(onClose).toHaveBeenCalledTimes(1);
    fireEvent.click(screen.getByRole("dialog"));
    expect(onClose).toHaveBeenCalledTimes(2);
    expect(document.querySelector("dialog")).toBeNull();
  });

  it("held: neither Esc nor a click beside it closes it, and it comes back when the browser closes it all the same", () => {
    const onClose = vi.fn();
    render(
      <Dialog open isHeld onClose={onClose} title="Store it">
        <input aria-label="Secret" readOnly value="once" />
      </Dialog>,
    );
    const dialog = screen.getByRole<HTMLDialogElement>("dialog");
    expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
    fireEvent(dialog, new Event("cancel", { cancelable: true }));
    fireEvent.click(dialog);
    dialog.close();
    fireEvent(dialog, new Event("close"));
    expect(onClose).not.toHaveBeenCalled();
    expect(dialog.open).toBe(true);
  });
});
