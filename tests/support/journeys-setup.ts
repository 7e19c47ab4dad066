import type { TestProject } from "vitest/node";
import { startSystem } from "./system.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the one system that all journeys of a run share. */
    systemUrl: string;
  }
}

/** Starts the whole system once for all journeys; each journey works on houses of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const system = await startSystem({ env: { RATE_LIMITS: "off" } });
  project.provide("systemUrl", system.url);
  return async () => {
    await system.stop();
  };
}
