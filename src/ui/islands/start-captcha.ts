import { enableCaptchaStandIn } from "./captcha-stand-in.ts";
import { enableCaptchaWork } from "./captcha-work.ts";

enableCaptchaWork();
enableCaptchaStandIn();
