import { INSTITUTION_SIGN_IN } from "#src/accounts/institutions/institution-session.ts";
import { INSTITUTION_PERMISSIONS, type InstitutionKind } from "#src/platform/http/route.ts";
import type { IconName } from "#src/ui/drawing/icon.tsx";

/** The door of one kind of institution. */
export interface InstitutionDoor {
  kind: InstitutionKind;
  icon: IconName;
  title: string;
  text: string;
}

export const INSTITUTION_DOORS: readonly InstitutionDoor[] = [
  {
    kind: "developer",
    icon: "developer",
    title: "开发建设单位登录",
    text: "房屋导入、批量交款",
  },
  {
    kind: "property-company",
    icon: "shield",
    title: "物业服务企业登录",
    text: "物业区域、续交通知",
  },
  {
    kind: "committee",
    icon: "people",
    title: "业主委员会登录",
    text: "本小区资金、续交",
  },
];

/** The address of a kind's door. */
export function institutionDoorHref(kind: InstitutionKind): string {
  return `${INSTITUTION_SIGN_IN}?kind=${kind}`;
}

/** Reads the kind that an address or a form names; null when it names none. */
export function readInstitutionKind(text: string | undefined): InstitutionKind | null {
  return INSTITUTION_PERMISSIONS["institution-user"].find((kind) => kind === text) ?? null;
}
