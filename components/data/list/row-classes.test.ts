import { describe, expect, it } from "vitest";
import { densities } from "@/lib/domain/density";
import { rowHeightsPx } from "@/tailwind.config";
import { cardBelowPx, rowClass, rowHeightPx } from "./row-classes";

describe("the virtual list computes with the heights that are drawn", () => {
  it.each(densities)("%s", (density) => expect(rowHeightPx(density, false)).toBe(rowHeightsPx[density]));

  it("a card is as high as its class says, in every density", () => {
    for (const density of densities) {
      expect(rowHeightPx(density, true)).toBe(60);
      expect(rowClass(density, "min-w-0")).toContain(`@max-[${cardBelowPx}px]/list:h-15`);
    }
  });
});
