import type { Route } from "#src/platform/http/route.ts";
import type { DoorDeps } from "./door.ts";
import { duePasswordRoutes } from "./due-password-routes.tsx";
import { institutionDoorRoutes } from "./institution-routes.tsx";
import { ownerPasswordRoutes } from "./owner-password-routes.tsx";
import { ownerPhoneRoutes } from "./owner-phone-routes.tsx";
import { stepUpRoutes } from "./step-up-routes.tsx";

/** 登录: the doors of owners and institutions, the ways out, and proving once more who one is. */
export function signInDoorRoutes(deps: DoorDeps): Route[] {
  return [
    ...ownerPasswordRoutes(deps),
    ...ownerPhoneRoutes(deps),
    ...institutionDoorRoutes(deps),
    ...duePasswordRoutes(deps),
    ...stepUpRoutes(deps),
  ];
}
