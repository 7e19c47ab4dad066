import type { Page, Response } from "playwright-core";

/** Everything the page will complain of: warnings, errors, failed requests, answers of 5xx. */
export function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    const isWorry = message.type() === "error" || message.type() === "warning";
    // The browser logs every 4xx; a refused form is one, so answers are judged below instead.
    if (isWorry && !message.text().startsWith("Failed to load resource")) {
      complaints.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("response", (response) => {
    if (isUnexpected(response)) complaints.push(`${response.status()} for ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // A download and a page left behind both end their request this way.
    if (reason !== "net::ERR_ABORTED") complaints.push(`${reason} for ${request.url()}`);
  });
  return complaints;
}

function isUnexpected(response: Response): boolean {
  const limit = response.request().isNavigationRequest() ? 500 : 400;
  return response.status() >= limit;
}
