import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    setupFiles: ["tests/support/quiet-console.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "rules and database",
          include: [
            "src/**/*.test.{ts,tsx}",
            "tests/**/*.test.{ts,tsx}",
            "{bench,scripts}/**/*.test.ts",
          ],
          exclude: ["tests/journeys/**", "tests/start/**", "**/node_modules/**"],
          globalSetup: ["tests/support/global-setup.ts"],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Dates must mean Shanghai wherever the process happens to run.
        extends: true,
        test: {
          name: "kernel in New York",
          include: ["src/kernel/**/*.test.ts"],
          env: { TZ: "America/New_York" },
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "start and stop",
          include: ["tests/start/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 130_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // After the others: a whole system and a browser leave no room for a second one of each.
        extends: true,
        test: {
          name: "journeys",
          include: ["tests/journeys/**/*.test.ts"],
          globalSetup: ["tests/support/journeys-setup.ts"],
          // A walk with files and slips takes half a minute on two quiet cores; a limit is to end what hangs.
          testTimeout: 150_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
