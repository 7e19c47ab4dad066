import { z } from "zod";
import { cleanText, toHalfWidth } from "#src/kernel/typed-text.ts";

/** What the form for a building sends. */
export const buildingForm = z.object({
  building: z
    .string()
    .min(1, "请选一幢")
    .max(60, "请从列表里选一幢")
    .regex(/^[^\p{Cc}]*$/u, "请从列表里选一幢"),
});

/** What the form for one house sends: its code, however it was written. */
export const houseForm = z.object({
  house: z.string().transform((text, context) => {
    const code = toHalfWidth(cleanText(text)).toUpperCase().replace(/\s/g, "");
    if (code === "") {
      context.addIssue({ code: "custom", message: "请填写房屋编号" });
      return z.NEVER;
    }
    if (!/^[A-Z]{2}[0-9]{4,8}-[A-Z0-9-]{1,32}$/.test(code)) {
      const message = "房屋编号不对，例如 SL0126-12-3-0501，可以在楼盘表的表格里查到";
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    }
    return code;
  }),
});

const query = z.object({
  estate: z.string().max(12).catch(""),
  building: z.string().max(60).catch(""),
  issued: z
    .string()
    .regex(/^81[0-9]{16}$/)
    .catch(""),
});

/** Reads what stands behind the `?`; whatever cannot be read counts as left out. */
export function readCertificateQuery(asked: Record<string, string>): z.infer<typeof query> {
  const { estate, building, issued } = asked;
  return query.parse({ estate, building, issued });
}
