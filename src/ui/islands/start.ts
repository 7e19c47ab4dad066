import { enableCopying } from "./copy-text.ts";
import { enableHotkeys } from "./hotkeys.ts";
import { enableCountdown } from "./lock-countdown.ts";
import { moveFocus } from "./move-focus.ts";
import { enablePrinting } from "./print-page.ts";
import { enableSuggestions } from "./search-suggestions.ts";
import { enableSendOnce } from "./send-once.ts";
import { enableUploads } from "./upload-files.ts";

moveFocus();
enableUploads();
enableSendOnce();
enableCopying();
enablePrinting();
enableHotkeys();
enableCountdown();
enableSuggestions();
