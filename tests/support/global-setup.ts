import type { TestProject } from "vitest/node";
import { startTestServer, type TestServer } from "./test-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** Starts one database server for the whole run, whatever number of test files uses it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [server, stop] = await startTestServer();
  project.provide("testServer", server);
  return stop;
}
