import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { SeverityMark } from "./severity-mark";
import { StatusDot } from "./status-dot";

afterEach(cleanup);

const shapeOf = (severity: string | null) => {
  const { container } = render(<SeverityMark severity={severity} />);
  return container.querySelector("svg")!.innerHTML;
};

describe("SeverityMark: severity is never told by colour alone (WCAG 1.4.1)", () => {
  it("gives each level a shape of its own, and the unknown one too", () => {
    const shapes = ["High", "Medium", "Low", "Informational", "Critical"].map(shapeOf);
    expect(new Set(shapes).size).toBe(5);
  });

  it("always has the word: drawn, or for screen readers with a tip for the eye", () => {
    const { container, rerender } = render(<SeverityMark severity="High" word />);
    expect(container.textContent).toBe("High");
    expect(container.querySelector(".sr-only")).toBeNull();
    rerender(<SeverityMark severity="High" />);
    expect(container.querySelector(".sr-only")?.textContent).toBe("High");
    expect(container.querySelector("[data-tip]")?.getAttribute("data-tip")).toBe("High");
  });

  it("keeps the word of a level that nobody told us about, and says when none was given", () => {
    expect(render(<SeverityMark severity="Critical" word />).container.textContent).toBe("Critical");
    expect(render(<SeverityMark severity={null} word />).container.textContent).toBe("Severity not given");
    expect(shapeOf("Critical")).toBe(shapeOf(null));
  });

  it("does not depend on the spelling's case", () => {
    expect(shapeOf("HIGH")).toBe(shapeOf("High"));
    expect(shapeOf("HIGH")).not.toBe(shapeOf("Unheard"));
  });
});

describe("StatusDot: status by the fill of a dot", () => {
  const dot = (status: string | null) =>
    render(<StatusDot status={status} word />).container.querySelector("svg")!.innerHTML;

  it("has four fills, and takes Defender's own names for the same states", () => {
    expect(new Set(["New", "Active", "Closed", "Redirected"].map(dot)).size).toBe(4);
    expect(dot("InProgress")).toBe(dot("Active"));
    expect(dot("in progress")).toBe(dot("Active"));
    expect(dot("resolved")).toBe(dot("Closed"));
  });

  it("always has the word", () => {
    expect(render(<StatusDot status="Redirected" word />).container.textContent).toBe("Redirected");
    expect(render(<StatusDot status="" />).container.textContent).toBe("Status not given");
  });
});
