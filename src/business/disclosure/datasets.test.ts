import { expect, test } from "vitest";
import { DATASETS, type DatasetName, jsonSchemaOf } from "./datasets.ts";

test.each(Object.keys(DATASETS) as DatasetName[])(
  "readers of %s are told that the bank's date may be a date",
  (name) => {
    const { properties } = jsonSchemaOf(name) as {
      properties: Record<string, { anyOf?: unknown }>;
    };
    expect(properties["reconciledUntil"]?.anyOf).toEqual(properties["bookedUntil"]?.anyOf);
    expect(properties["reconciledUntil"]?.anyOf).toContainEqual({ type: "null" });
    expect(properties["reconciledUntil"]?.anyOf).toContainEqual(
      expect.objectContaining({ type: "string", format: "date" }),
    );
  },
);
