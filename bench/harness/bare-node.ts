import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// The limit that Node itself sets: the shortest honest answer, from a process of its own.
const server = createServer((_request, response) => {
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
  response.end("hello");
});
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.on("SIGTERM", () => process.exit(0));
