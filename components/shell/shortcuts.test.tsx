import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { setSingleKeys, shortcutGroups } from "./shortcut-registry";
import { type Shortcut, useShortcuts } from "./shortcuts";

function Scope({ name, list }: { readonly name: string; readonly list: readonly Shortcut[] }) {
  useShortcuts(name, list);
  return null;
}

const key = (k: string, more: KeyboardEventInit = {}, target: Element = document.body) =>
  fireEvent.keyDown(target, { key: k, ...more });

/** A key that was pressed at that time, in ms since the page began. */
function keyAt(timeStamp: number, k: string): void {
  const event = new KeyboardEvent("keydown", { key: k, bubbles: true, cancelable: true });
  Object.defineProperty(event, "timeStamp", { value: timeStamp });
  fireEvent(document.body, event);
}

afterEach(() => {
  cleanup();
  localStorage.clear();
});

describe("useShortcuts", () => {
  it("runs on its key and tells the browser so, and leaves other keys alone", () => {
    const run = vi.fn();
    render(<Scope name="List" list={[{ keys: "j", label: "Next", run }]} />);
    // fireEvent answers false when the default was prevented
    expect(key("j")).toBe(false);
    expect(key("x")).toBe(true);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("is dead inside fields, and alive on a check box", () => {
    const run = vi.fn();
    const { container } = render(
      <>
        <Scope name="List" list={[{ keys: "j", label: "Next", run }]} />
        <input />
        <textarea />
        <select />
        <div contentEditable suppressContentEditableWarning>
          <b>text</b>
        </div>
        <input type="checkbox" />
      </>,
    );
    for (const field of container.querySelectorAll("input:not([type]), textarea, select, b"))
      key("j", {}, field);
    expect(run).not.toHaveBeenCalled();
    key("j", {}, container.querySelector("[type='checkbox']")!);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("leaves Enter to a focused button or link", () => {
    const run = vi.fn();
    const { container } = render(
      <>
        <Scope name="List" list={[{ keys: "Enter", label: "Open", run }]} />
        <button type="button">Refresh</button>
      </>,
    );
    expect(key("Enter", {}, container.querySelector("button")!)).toBe(true);
    expect(run).not.toHaveBeenCalled();
    key("Enter");
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("takes two keys one after the other, but not too late", () => {
    const run = vi.fn();
    render(<Scope name="Go" list={[{ keys: "g i", label: "Incidents", run }]} />);
    keyAt(1000, "g");
    keyAt(2200, "i");
    expect(run).toHaveBeenCalledTimes(1);
    keyAt(5000, "g");
    keyAt(6300, "i");
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("goes on with a sequence when a part of the page comes or goes in between", () => {
    const run = vi.fn();
    const go = <Scope name="Go" list={[{ keys: "g i", label: "Incidents", run }]} />;
    const list = <Scope name="List" list={[{ keys: "j", label: "Next", run: vi.fn() }]} />;
    const page = render(<>{[go, list]}</>);
    key("g");
    page.rerender(<>{[go]}</>);
    key("i");
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("gives a key that does not end the sequence its own meaning", () => {
    const go = vi.fn();
    const next = vi.fn();
    render(
      <Scope
        name="Go"
        list={[
          { keys: "g i", label: "Incidents", run: go },
          { keys: "j", label: "Next", run: next },
        ]}
      />,
    );
    key("g");
    key("j");
    key("i");
    expect(go).not.toHaveBeenCalled();
    expect(next).toHaveBeenCalledTimes(1);
  });

  it("gives the key to what opened last, and back when that closes", () => {
    const list = vi.fn();
    const drawer = vi.fn();
    const under = <Scope name="List" list={[{ keys: "Escape", label: "Clear", run: list }]} />;
    const { rerender } = render(
      <>
        {under}
        <Scope name="Drawer" list={[{ keys: "Escape", label: "Close", run: drawer }]} />
      </>,
    );
    key("Escape");
    expect([list.mock.calls.length, drawer.mock.calls.length]).toEqual([0, 1]);
    rerender(<>{under}</>);
    key("Escape");
    expect([list.mock.calls.length, drawer.mock.calls.length]).toEqual([1, 1]);
  });

  it("repeats movement while the key is held, and nothing else", () => {
    const next = vi.fn();
    const refresh = vi.fn();
    render(
      <Scope
        name="List"
        list={[
          { keys: "j", label: "Next", run: next },
          { keys: "r", label: "Refresh", run: refresh },
        ]}
      />,
    );
    for (const held of ["j", "r"]) {
      key(held);
      key(held, { repeat: true });
    }
    expect(next).toHaveBeenCalledTimes(2);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("runs what the last rendering meant", () => {
    const first = vi.fn();
    const second = vi.fn();
    const { rerender } = render(<Scope name="List" list={[{ keys: "j", label: "Next", run: first }]} />);
    rerender(<Scope name="List" list={[{ keys: "j", label: "Next", run: second }]} />);
    key("j");
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledTimes(1);
  });
});

describe("WCAG 2.1.4: single-character shortcuts can be switched off", () => {
  it("silences letters and sequences, keeps named keys, remembers it", () => {
    const runs = { j: vi.fn(), g: vi.fn(), esc: vi.fn() };
    render(
      <Scope
        name="List"
        list={[
          { keys: "j", label: "Next", run: runs.j },
          { keys: "g i", label: "Incidents", run: runs.g },
          { keys: "Escape", label: "Close", run: runs.esc },
        ]}
      />,
    );
    setSingleKeys(false);
    for (const k of ["j", "g", "i", "Escape"]) key(k);
    expect(runs.j).not.toHaveBeenCalled();
    expect(runs.g).not.toHaveBeenCalled();
    expect(runs.esc).toHaveBeenCalledTimes(1);
    setSingleKeys(true);
    key("j");
    expect(runs.j).toHaveBeenCalledTimes(1);
  });
});

describe("the help dialog knows every shortcut on the page", () => {
  it("groups them by scope and forgets those that left", () => {
    const run = () => undefined;
    const { unmount } = render(
      <>
        <Scope name="List" list={[{ keys: "j", label: "Next", run }]} />
        <Scope name="Drawer" list={[{ keys: "Escape", label: "Close", run }]} />
        <Scope name="List" list={[{ keys: "k", label: "Previous", run }]} />
      </>,
    );
    expect(
      shortcutGroups().map(({ scope, shortcuts }) => [scope, shortcuts.map(({ keys }) => keys)]),
    ).toEqual([
      ["List", ["j", "k"]],
      ["Drawer", ["Escape"]],
    ]);
    unmount();
    expect(shortcutGroups()).toEqual([]);
  });
});
