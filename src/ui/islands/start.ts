import { enableCopying } from "./copy-text.ts";
import { enableDeskKeys } from "./desk-keys.ts";
import { enableDocumentViewer } from "./document-viewer.ts";
import { enableTemplates } from "./fill-from-template.ts";
import { enableGoingBack } from "./go-back.ts";
import { enableHotkeys } from "./hotkeys.ts";
import { enableCountdown } from "./lock-countdown.ts";
import { moveFocus } from "./move-focus.ts";
import { enablePrinting } from "./print-page.ts";
import { enableResend } from "./resend-countdown.ts";
import { enableSuggestions } from "./search-suggestions.ts";
import { enableSendOnce } from "./send-once.ts";
import { enableUploads } from "./upload-files.ts";
import { enableWayBack } from "./way-back.ts";

moveFocus();
enableUploads();
enableSendOnce();
enableWayBack();
enableGoingBack();
enableCopying();
enablePrinting();
enableHotkeys();
enableCountdown();
enableResend();
enableSuggestions();
enableDeskKeys();
enableTemplates();
enableDocumentViewer();

// Fetched only where the page needs them, so that no other page grows. Where they cannot be had, the page works as it
// does without script.
if (document.querySelector("[data-captcha-stand-in]")) have(import("./start-captcha.ts"));
if (document.body.dataset["session"]) have(import("./start-session.ts"));

function have(part: Promise<unknown>): void {
  part.catch(() => {});
}
