import { Card } from "../box/card.tsx";
import { FileField, type ListedFile } from "../form/file-field.tsx";
import { Form } from "../form/form.tsx";
import { SPREADSHEETS, UploadField } from "../form/upload-field.tsx";

/** Files to send: none yet, some, one that was refused, and one that goes with its form. */
export function Files() {
  const accept = ".pdf,.jpg,.png";
  return (
    <Card title="文件">
      <Form action="/_ui" method="get" label="文件">
        <FileField
          name="empty"
          label="身份证"
          hint="最多 2 个文件"
          files={[]}
          max={2}
          accept={accept}
        />
        <FileField
          name="some"
          label="购房合同"
          note="“合同 第二页.jpg”：已经上传过了，只保留一份"
          files={FILES}
          max={5}
          accept={accept}
        />
        <FileField
          name="wrong"
          label="原票据"
          error="“票据.pdf”：PDF 加了密码或限制，我们打不开。请去掉密码，或打印成新的 PDF 后上传"
          isOptional
          files={[]}
          max={1}
          accept={accept}
        />
        <UploadField
          name="register"
          label="登记文件"
          hint="xlsx 或 CSV，不超过 100 MB"
          accept={SPREADSHEETS}
        />
      </Form>
    </Card>
  );
}

const FILES: readonly ListedFile[] = [
  {
    id: "a",
    name: "商品房买卖合同（示例花园 12幢3单元502）.pdf",
    href: "/_ui",
    about: "3.2 MB · 18 页",
    removal: { name: "remove", value: "a" },
  },
  {
    id: "b",
    name: "合同 第二页.jpg",
    href: "/_ui",
    about: "820 KB · 正在做安全检查",
    removal: null,
    takingOut: { name: "take-out-b", isTicked: true },
  },
];
