import { watchSession } from "./session-end.ts";

watchSession();
